import { expectedKey } from "../derived-uuid.js";
import { type Facts, type Heard, placeOf, placeText } from "../facts.js";
import type { Finding } from "../finding.js";
import { groupOf, handles } from "../script.js";

/** Handlers get committed records, unchanged and each at its place, and only those that they handle. */
export function* deliveries(facts: Facts): Iterable<Finding> {
  for (const heard of facts.heardBefore) {
    const found = wrongDelivery(facts, heard);
    if (found) yield found;
  }
}

function wrongDelivery(facts: Facts, { delivery }: Heard): Finding | undefined {
  const { handlers, service } = facts.history;
  const handler = handlers.find(({ id }) => id === delivery.handler);
  const place = placeOf(delivery);
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
  if (!handler || !handles(handler, record)) {
    return {
      rule: "committed-reads",
      anomaly: "MISROUTED",
      message: `${what}, which it does not handle`,
      actual: `${record.namespace}:${record.name}`,
    };
  }
  const expected = expectedKey(record, groupOf(handler, service), handler.id);
  if (delivery.idempotencyKey === expected) return undefined;
  return {
    rule: "idempotency-key",
    anomaly: "WRONG-UUID",
    message: `${what} with an idempotency key that is not what the protocol says`,
    expected,
    actual: delivery.idempotencyKey,
  };
}
