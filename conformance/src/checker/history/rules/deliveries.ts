import { expectedKey } from "../derived-uuid.js";
import type { Facts, Heard } from "../facts.js";
import type { Finding } from "../finding.js";
import { placeText } from "../place-text.js";
import { groupOf, handles } from "../script.js";

/** Handlers get committed records, unchanged and each at its place, and only those that they handle. */
export function* deliveries(facts: Facts): Iterable<Finding> {
  for (const heard of facts.heardBefore) {
    const found = wrongDelivery(facts, heard);
    if (found) yield found;
  }
}

function wrongDelivery(facts: Facts, { delivery, place }: Heard): Finding | undefined {
  const { service } = facts.history;
  const handler = facts.look.handlers.find(({ id }) => id === delivery.handler);
  const what = `the handler ${delivery.handler} was given ${delivery.uuid} at ${placeText(place)}`;
  const found = facts.recordAt(place);
  if (!found) {
    return {
      rule: "committed-reads",
      anomaly: "DIRTY-READ",
      message: `${what}, where nothing was ever committed`,
    };
  }
  const { record } = found;
  if (!record || record.uuid !== delivery.uuid) {
    return {
      rule: "committed-reads",
      anomaly: "DIRTY-READ",
      message: `${what}, where another record stands`,
      expected: record?.uuid ?? "bytes that are no record",
      actual: delivery.uuid,
    };
  }
  if (!handler || !handles(handler, record, service)) {
    return {
      rule: "committed-reads",
      anomaly: "MISROUTED",
      message: `${what}, which it does not handle`,
      actual: `${record.namespace}:${record.name}`,
    };
  }
  return undefined;
}

/** Every delivery has the idempotency key that the protocol gives it. */
export function* idempotencyKeys(facts: Facts): Iterable<Finding> {
  const { service } = facts.history;
  for (const { delivery, place } of facts.heardBefore) {
    const record = facts.recordAt(place)?.record;
    const handler = facts.look.handlers.find(({ id }) => id === delivery.handler);
    if (!record || !handler) continue;
    const expected = expectedKey(record, groupOf(handler, service), handler.id);
    if (delivery.idempotencyKey === expected) continue;
    yield {
      rule: "idempotency-key",
      anomaly: "WRONG-UUID",
      message: `the idempotency key of ${delivery.handler} for the record at ${placeText(place)} is not what the protocol says`,
      expected,
      actual: delivery.idempotencyKey,
    };
  }
}
