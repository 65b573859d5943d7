import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import {
  firstFinding,
  type History,
  type KeptRecord,
  showHistory,
  shrink,
} from "../../../src/checker/index.js";
import { Guarantee, Policy } from "../../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordSchema } from "../../../src/gen/proto/eventy/v3/record_pb.js";
import { committing, goodHistory, handler, heard, hearing, kept, look, tick, tock } from "./good-history.js";

const { AT_LEAST_ONCE: ALO, AT_MOST_ONCE: AMO, EXACTLY_ONCE: EOS } = Guarantee;
const [alo, amo, eos] = [handler(ALO), handler(AMO), handler(EOS)];

function isOutputOf(n: number): (record: KeptRecord) => boolean {
  return ({ topic, record }) => topic === "orders-events" && record?.correlationId === `c${n}`;
}

function without(history: History, n: number): History {
  return committing(history, ({ records }) => ({ records: records.filter((one) => !isOutputOf(n)(one)) }));
}

function withOutput(history: History, offset: number, n: number): History {
  return committing(history, ({ records }) => ({
    records: [...records, kept("orders-events", offset, tock(n, history.looks[0]?.handlers[0] ?? alo))],
  }));
}

function acknowledging(history: History, acknowledged: number): History {
  const cursors = [{ group: "orders", topic: "source-events", partition: 0, acknowledged }];
  return committing(history, () => ({ cursors }));
}

function changing(history: History, n: number, change: (one: KeptRecord) => Partial<KeptRecord>): History {
  return committing(history, ({ records }) => ({
    records: records.map((one) => (isOutputOf(n)(one) ? { ...one, ...change(one) } : one)),
  }));
}

/** A tick that fails, at offset 5, which is acknowledged; and the dead letters of it. */
function failing(guarantee: Guarantee, letters: number, changes: Partial<KeptRecord> = {}): History {
  const one = handler(guarantee, { onError: Policy.DEAD_LETTER });
  const good = goodHistory(one);
  const record = kept("source-events", 5, tick(5, { fails: true }));
  const headers = new Map([
    ...record.headers,
    ["eventy-dead-letter-topic", "source-events"],
    ["eventy-dead-letter-partition", "0"],
    ["eventy-dead-letter-offset", "5"],
    ["eventy-dead-letter-group", "orders"],
    ["eventy-dead-letter-handler", "h"],
    ["eventy-dead-letter-attempts", "1"],
    ["eventy-dead-letter-error", "HANDLER_FAILED: no"],
    ["eventy-dead-letter-at", "2024-02-29T10:34:56.999+00:00"],
  ]);
  const dead = Array.from({ length: letters }, (_, offset) => ({
    ...record,
    headers,
    topic: "orders-dead-letters",
    offset,
    ...changes,
  }));
  const all = committing(acknowledging(good, 6), ({ records }) => ({
    records: [...records, record, ...dead],
  }));
  return hearing(all, [[...(good.runs[0] ?? []), heard(5, one)]]);
}

/** A history of a batch that was in hand when its process was killed, and is handled by the next one. */
function killed(one: typeof alo, acknowledged: number, second: History["runs"][number]): History {
  const good = goodHistory(one);
  const first = [0, 1, 2].flatMap((n) => [heard(n, one), heard(n, one, "end")]);
  const runs = [first, second];
  const snapshot = good.looks[0]?.snapshot;
  if (!snapshot) throw new Error("a good history has a look");
  const atKill = committing(acknowledging(good, acknowledged), ({ records, states }) => ({
    records: records.filter(({ topic, offset }) => topic === "source-events" || offset < acknowledged),
    states: states?.map((number) => ({ ...number, value: BigInt(acknowledged) })),
  })).looks[0]?.snapshot;
  const seen = { before: [first.length, 0], heard: [first.length, 0] };
  const looks = [
    look(one, runs, atKill ?? snapshot, { ...seen, after: "run 1 was killed", killed: true, settled: false }),
    look(one, runs, snapshot),
  ];
  return { ...good, runs, looks };
}

describe("a history", () => {
  const again = [2, 3, 4].flatMap((n) => [heard(n, eos), heard(n, eos, "end")]);
  it.each<[string, History]>([
    ["at least once", goodHistory(alo)],
    ["at most once", goodHistory(amo)],
    ["exactly once", goodHistory(eos)],
    ["of nothing", goodHistory(eos, 0)],
    ["with a dead letter", failing(EOS, 1)],
    ["with a dead letter at least once", failing(ALO, 1)],
    ["with a dead letter at most once", failing(AMO, 1)],
    ["with a dead letter at most once that is lost", failing(AMO, 0)],
    ["with an output again, and those behind it", withOutput(withOutput(goodHistory(alo), 5, 3), 6, 4)],
    ["with records handled again after a kill", killed(eos, 2, again)],
    [
      "at most once with the batch in hand lost by a kill",
      without(killed(amo, 4, [heard(4, amo), heard(4, amo, "end")]), 3),
    ],
  ])("is good: %s", (_, history) => {
    expect(firstFinding(history)).toBeUndefined();
  });

  const silent = hearing(goodHistory(alo), [(goodHistory(alo).runs[0] ?? []).slice(0, -1)]);
  const wrongUuid = { record: create(RecordSchema, { ...tock(2, eos), uuid: tick(9).uuid }) };
  const noContext = {
    record: create(RecordSchema, { ...tock(2, eos), context: tock(2, eos).context.slice(1) }),
  };
  const turnless = (goodHistory(amo).runs[0] ?? []).filter(
    (event) => !("delivery" in event.value) || event.value.delivery?.offset !== 3n,
  );
  const calledTwice = [...(goodHistory(amo).runs[0] ?? []), heard(3, amo)];
  it.each<[string, string, History]>([
    ["LOST", "an acknowledged record without its output, exactly once", without(goodHistory(eos), 3)],
    ["LOST", "an acknowledged record without its output, at least once", without(goodHistory(alo), 3)],
    ["LOST", "an acknowledged record whose handler did not end", silent],
    ["LOST", "a failed record without a dead letter", failing(EOS, 0)],
    ["DUPLICATE", "an output twice", withOutput(goodHistory(eos), 5, 4)],
    ["DUPLICATE", "a handler called twice, at most once", hearing(goodHistory(amo), [calledTwice])],
    ["DUPLICATE", "two dead letters", failing(EOS, 2)],
    ["DUPLICATE", "a state counted twice", sum(goodHistory(eos), 6n)],
    ["PARTIAL-TRANSACTION", "a state that lacks a record", sum(goodHistory(eos), 4n)],
    ["PARTIAL-TRANSACTION", "a dead letter without acknowledgement", acknowledging(failing(EOS, 1), 5)],
    ["ORPHAN-OUTPUT", "an output without acknowledgement", unsettled(acknowledging(goodHistory(eos), 4))],
    ["ORPHAN-OUTPUT", "an output of a failed record", withOutput(failing(EOS, 1), 5, 5)],
    ["EARLY-START", "a call before the acknowledgement", unsettled(acknowledging(goodHistory(amo), 4))],
    ["EARLY-ACKNOWLEDGEMENT", "an acknowledgement before the end of the handler", unsettled(silent)],
    ["SKIPPED-TURN", "no call, and no kill", hearing(goodHistory(amo), [turnless])],
    ["SKIPPED-TURN", "no call, long before the kill", { ...killed(amo, 5, []), maxBatch: 1 }],
    ["REORDERED", "outputs in another order", swapped(goodHistory(eos), 2, 3)],
    ["REORDERED", "an output of a zombie at the end", withOutput(goodHistory(alo), 5, 2)],
    [
      "REORDERED",
      "calls in another order",
      hearing(goodHistory(amo), [(goodHistory(amo).runs[0] ?? []).toReversed()]),
    ],
    ["DIRTY-READ", "a record that is not there", hearing(goodHistory(amo), [[heard(7, amo)]])],
    ["WRONG-UUID", "an output with another uuid", changing(goodHistory(eos), 2, () => wrongUuid)],
    ["CONTEXT-DROPPED", "an output without context", changing(goodHistory(eos), 2, () => noContext)],
    ["MISROUTED", "an output in another topic", changing(goodHistory(eos), 2, () => ({ topic: "x-events" }))],
    ["WRONG-POSITION", "a cursor behind the end", acknowledging(goodHistory(eos), 6)],
    [
      "STALLED",
      "nothing acknowledged",
      committing(goodHistory(amo, 0), () => ({ records: [kept("source-events", 0, tick(0))] })),
    ],
    ["WRONG-VALUE", "a dead letter with other bytes", failing(EOS, 1, { value: new Uint8Array([1]) })],
    ["WRONG-VALUE", "a dead letter without a date", failing(EOS, 1, { headers: lessDate(failing(EOS, 1)) })],
  ])("shows %s: %s", (anomaly, _, history) => {
    const found = firstFinding(history);
    expect(found?.finding).toMatchObject({ anomaly });
  });

  it("goes back: the cursor of a later look is lower", () => {
    const good = killed(eos, 3, again);
    const [first, last] = good.looks;
    if (!first || !last) throw new Error("there are two looks");
    const looks = [
      { ...first, settled: false },
      acknowledging({ ...good, looks: [last] }, 2).looks[0] ?? last,
    ];
    expect(firstFinding({ ...good, looks })?.finding).toMatchObject({ anomaly: "WRONG-POSITION" });
  });

  it("is shrunk to the records that show what is wrong", () => {
    const broken = without(goodHistory(eos, 40), 17);
    const found = firstFinding(broken);
    if (!found) throw new Error("nothing was found");
    const small = shrink(broken, found.finding);
    expect(firstFinding(small)?.finding).toMatchObject({ anomaly: "LOST", rule: "exactly-once" });
    expect(showHistory(small, found.look)).toMatchInlineSnapshot(`
      [
        "run 1: h is called with record 17 at source-events/0@17",
        "run 1: h comes to end with record 17 at source-events/0@17",
        "— the run ended",
        "committed: source-events/0@17 Tick, record 17, key "k", uuid 00000000-0000-4000-8000-000000000017",
        "committed: the group orders has acknowledged source-events/0 up to 40",
        "committed: state sum of the group orders, k = 40",
      ]
    `);
  });
});

function sum(history: History, value: bigint): History {
  return committing(history, ({ states }) => ({ states: states?.map((one) => ({ ...one, value })) }));
}

function unsettled(history: History): History {
  return { ...history, looks: history.looks.map((one) => ({ ...one, settled: false })) };
}

function swapped(history: History, n: number, other: number): History {
  const offsets = new Map([
    [n, other],
    [other, n],
  ]);
  return committing(history, ({ records }) => ({
    records: records.map((one) =>
      one.topic === "orders-events" ? { ...one, offset: offsets.get(one.offset) ?? one.offset } : one,
    ),
  }));
}

function lessDate(history: History): ReadonlyMap<string, string> {
  const letter = history.looks[0]?.snapshot.records.find(({ topic }) => topic === "orders-dead-letters");
  return new Map([...(letter?.headers ?? [])].filter(([name]) => name !== "eventy-dead-letter-at"));
}
