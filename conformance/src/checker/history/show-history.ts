import type { Delivery } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { isDeadLetterHeader } from "./dead-letter.js";
import { Facts } from "./facts.js";
import type { History, JournalEvent, KeptRecord, Look } from "./history.js";
import { numberIn } from "./lineage.js";
import { placeText } from "./place-text.js";

const MAX_LINES = 60;

/** A history up to a look, a line for each thing that happened, for people. */
export function showHistory(history: History, upTo: number): readonly string[] {
  const looks = history.looks.slice(0, upTo + 1);
  const lines = looks.flatMap((look, i) => {
    const facts = new Facts(history, look);
    return [...heardSince(facts, looks[i - 1]), `— ${look.after}`, ...(i === upTo ? committed(facts) : [])];
  });
  if (lines.length <= MAX_LINES) return lines;
  const [first, last] = [Math.floor(MAX_LINES / 3), Math.ceil((MAX_LINES * 2) / 3)];
  return [...lines.slice(0, first), `… ${lines.length - first - last} lines …`, ...lines.slice(-last)];
}

function heardSince(facts: Facts, before: Look | undefined): readonly string[] {
  return facts.history.runs.flatMap((events, run) =>
    events.slice(before?.before[run] ?? 0, facts.look.before[run] ?? 0).flatMap((event) => {
      const said = eventText(facts, event);
      return said === undefined ? [] : [`run ${run + 1}: ${said}`];
    }),
  );
}

function eventText(facts: Facts, event: JournalEvent): string | undefined {
  switch (event.case) {
    case "invoked":
      return deliveryText(facts, event.value.delivery, "is called with");
    case "effect":
      return deliveryText(facts, event.value.delivery, `comes to ${event.value.label} with`);
    case "gate":
      return deliveryText(facts, event.value.delivery, `waits at the gate ${event.value.name} with`);
    case "groupStopped":
      return `the group ${event.value.group} stops: ${event.value.error?.message ?? ""}`;
    case "done":
      return "ends in order";
    case "fatal":
      return `ends with an error: ${event.value.message}`;
  }
}

function deliveryText(facts: Facts, delivery: Delivery | undefined, does: string): string | undefined {
  if (!delivery) return undefined;
  const place = facts.placeOf(delivery);
  const record = facts.recordAt(place);
  if (record && facts.isHidden(record)) return undefined;
  const n = record?.record && numberIn(record.record, "n");
  return `${delivery.handler} ${does} record ${n ?? delivery.uuid} at ${placeText(place)}`;
}

function committed(facts: Facts): readonly string[] {
  const { records, cursors, states } = facts.look.snapshot;
  return [
    ...records
      .filter((record) => !facts.isHidden(record))
      .map((record) => `committed: ${recordText(record)}`),
    ...cursors.map(
      ({ group, topic, partition, acknowledged }) =>
        `committed: the group ${group} has acknowledged ${topic}/${partition} up to ${acknowledged}`,
    ),
    ...(states ?? []).map(
      ({ group, state, key, value }) => `committed: state ${state} of the group ${group}, ${key} = ${value}`,
    ),
  ];
}

function recordText(kept: KeptRecord): string {
  const { record } = kept;
  const place = placeText(kept);
  const kind = [...kept.headers.keys()].some(isDeadLetterHeader) ? "dead letter of " : "";
  if (!record) return `${place} ${kind}bytes that are no record`;
  const [n, input, i] = ["n", "input", "i"].map((key) => numberIn(record, key));
  const what = input === undefined ? `record ${n ?? "?"}` : `output ${i ?? 0} of record ${input}`;
  return `${place} ${kind}${record.name}, ${what}, key ${JSON.stringify(kept.key ?? null)}, uuid ${record.uuid}`;
}
