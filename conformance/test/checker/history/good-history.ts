import { create } from "@bufbuild/protobuf";
import { expectEmission } from "../../../src/checker/emission/expect-emission.js";
import { expectedKey, expectedUuid } from "../../../src/checker/history/derived-uuid.js";
import type { History, JournalEvent, KeptRecord, Look } from "../../../src/checker/index.js";
import {
  DraftSchema,
  Guarantee,
  type Handler,
  HandlerSchema,
  Policy,
} from "../../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import { type Record as NeutralRecord, RecordSchema } from "../../../src/gen/proto/eventy/v3/record_pb.js";
import { encodeJson } from "../../../src/oracle/index.js";
import { type PlainMap, toContext, toMap } from "../../../src/oracle/values.js";

const SERVICE = "urn:orders";

/** A tick of the source, the input of every test. */
export function tick(n: number, flags: PlainMap = {}): NeutralRecord {
  return create(RecordSchema, {
    type: RecordType.EVENT,
    namespace: "urn:source",
    name: "Tick",
    protocolVersion: "3.5.0",
    version: "1.0.0",
    source: "urn:source",
    uuid: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    correlationId: `c${n}`,
    partitionKey: "k",
    date: 1709202896999n,
    context: toContext({ "urn:source": { of: n } }),
    payload: { case: "data", value: toMap({ n, ...(flags as { [key: string]: boolean }) }) },
  });
}

/** A handler of ticks that emits an event, adds 1 to a state where it may, and says that it is done. */
export function handler(guarantee: Guarantee, changes: Omit<Partial<Handler>, "$typeName"> = {}): Handler {
  const draft = create(DraftSchema, { type: RecordType.EVENT, name: "Tock", data: toMap({}) });
  const add = { step: { case: "addState", value: { state: "sum", delta: 1n } } } as const;
  return create(HandlerSchema, {
    id: "h",
    type: RecordType.EVENT,
    namespace: "urn:source",
    name: "Tick",
    guarantee,
    steps: [
      { step: { case: "throw", value: {} }, onlyIf: "fails" },
      { step: { case: "emit", value: { draft } } },
      ...(guarantee === Guarantee.EXACTLY_ONCE ? [add] : []),
      { step: { case: "effect", value: { label: "end" } } },
    ],
    ...changes,
  });
}

/** A record where it stands. */
export function kept(topic: string, offset: number, record: NeutralRecord): KeptRecord {
  return {
    topic,
    partition: 0,
    offset,
    key: record.partitionKey,
    value: encodeJson(record),
    headers: new Map([["content-type", "application/vnd.eventy.v3+json"]]),
    record,
  };
}

/** What the handler emits for a tick. */
export function tock(n: number, one: Handler): NeutralRecord {
  const draft = create(DraftSchema, {
    type: RecordType.EVENT,
    name: "Tock",
    data: toMap({ input: n, i: 0 }),
  });
  const outcome = expectEmission(SERVICE, tick(n), [draft]);
  if (!("records" in outcome) || !outcome.records[0]) throw new Error("the draft is refused");
  const { record } = outcome.records[0];
  const uuid = expectedUuid(tick(n), "orders", one.id, record, 0);
  return create(RecordSchema, { ...record, uuid, version: "1.0.0", date: 1709202896999n });
}

/** A handler is called with a tick, or has an effect. */
export function heard(n: number, one: Handler, effect?: string): JournalEvent {
  const delivery = {
    $typeName: "eventy.conformance.v1.Delivery",
    handler: one.id,
    uuid: tick(n).uuid,
    topic: "source-events",
    partition: 0,
    offset: BigInt(n),
    idempotencyKey: expectedKey(tick(n), "orders", one.id),
  } as const;
  if (effect === undefined) {
    return { case: "invoked", value: { $typeName: "eventy.conformance.v1.Invoked", delivery } };
  }
  return { case: "effect", value: { $typeName: "eventy.conformance.v1.Effected", label: effect, delivery } };
}

/** A look after everything that was heard. */
export function look(
  one: Handler,
  runs: History["runs"],
  snapshot: Look["snapshot"],
  changes: Partial<Look> = {},
): Look {
  const all = runs.map((events) => events.length);
  return {
    handlers: [one],
    snapshot,
    after: "the run ended",
    before: all,
    heard: all,
    killed: false,
    settled: true,
    ...changes,
  };
}

/** So many ticks that were all handled as they must be, by one handler in one run. */
export function goodHistory(one: Handler, count = 5): History {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const runs = [numbers.flatMap((n) => [heard(n, one), heard(n, one, "end")])];
  const isExactlyOnce = one.guarantee === Guarantee.EXACTLY_ONCE;
  const snapshot = {
    records: [
      ...numbers.map((n) => kept("source-events", n, tick(n))),
      ...numbers.map((n) => kept("orders-events", n, tock(n, one))),
    ],
    cursors: [{ group: "orders", topic: "source-events", partition: 0, acknowledged: count }],
    states: isExactlyOnce
      ? [
          {
            group: "orders",
            state: "sum",
            topic: "source-events",
            partition: 0,
            key: "k",
            value: BigInt(count),
          },
        ]
      : [],
  };
  const looks = [look(one, runs, snapshot)];
  return { service: SERVICE, undecodable: Policy.UNSPECIFIED, maxBatch: 2, runs, looks };
}

/** The same history with another end: what was committed at the last look is changed. */
export function committing(
  history: History,
  change: (snapshot: Look["snapshot"]) => Partial<Look["snapshot"]>,
): History {
  const last = history.looks.at(-1);
  if (!last) return history;
  const snapshot = { ...last.snapshot, ...change(last.snapshot) };
  return { ...history, looks: [...history.looks.slice(0, -1), { ...last, snapshot }] };
}

/** The same history with other things heard, all of them before the last look. */
export function hearing(history: History, runs: History["runs"]): History {
  const all = runs.map((events) => events.length);
  return { ...history, runs, looks: history.looks.map((one) => ({ ...one, before: all, heard: all })) };
}
