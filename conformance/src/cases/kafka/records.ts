import type { StoredRecord } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { readBatches, readCommitted } from "../../kafka/read-partition.js";
import { alterTopic } from "../../kafka/topics.js";
import type { BoundCase } from "../case.js";
import { Failure, NotFired } from "../failure.js";
import { read, write } from "../scenario/command.js";
import { emit, handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { mustBe, note, notes, numbered, offsetsOf, textsOf } from "../store/compare.js";
import { RUNS } from "../store/define.js";
import { mustStand } from "../store/must-stand.js";
import { opened } from "../store/opened.js";
import { kafka } from "./define.js";
import { asOther, type OtherRecord } from "./others.js";

const KEY = "\u{1f600} é \u0001";

/** Keys and values that look like the end of a transaction, which is known by them nowhere. */
const MARKER_LIKE = ["00000000", "00000001", "00000000000000000000", ""].map((hex) =>
  Buffer.from(hex, "hex"),
);

/** How long a broker may take for it: by default it looks every fifteen seconds, and has to look twice. */
const COMPACTION_MS = 60_000;
const COMPACTED_AT_ONCE = {
  "cleanup.policy": "compact",
  "delete.retention.ms": "0",
  "min.cleanable.dirty.ratio": "0.001",
  "segment.ms": "100",
};

/** Records as they stand in partitions. */
export const recordCases: readonly BoundCase[] = [
  kafka({
    name: "record-form",
    title: "keys and headers are written as texts in UTF-8, null as null and empty as empty",
    requirements: ["KAF-003", "STO-010"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      const { key: _, ...keyless } = note("notes", "no key");
      await write(testee, [
        note("notes", "a", { key: KEY, headers: { "x-text": KEY, empty: "" } }),
        note("notes", "empty key", { key: "" }),
        keyless,
        { topic: "notes", key: "tombstone" },
        { topic: "notes", key: "empty", value: new Uint8Array() },
      ]);
      const records = await readCommitted(context.kafka.cluster, { topic: "notes", partition: 0 });
      mustStand(
        records.map(({ key, value, headers }) => line(key, value, headers)),
        [
          line(KEY, "a", [
            ["x-text", KEY],
            ["empty", ""],
          ]),
          line("", "empty key"),
          line(null, "no key"),
          line("tombstone", null),
          line("empty", ""),
        ],
        "what stands in the partition",
        { requirement: "KAF-003" },
      );
    },
  }),
  kafka({
    name: "append-without-marker",
    title: "an append for one partition is no transaction: no marker stands behind it",
    requirements: ["KAF-017"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      const positions: StoredRecord[] = [];
      for (const size of [1, 3, 2])
        positions.push(...(await write(testee, notes("notes", numbered("a", size)))));
      mustStand(offsetsOf(positions), ["0", "1", "2", "3", "4", "5"], "where the records stand");
    },
  }),
  kafka({
    name: "others-records",
    title: "records that other clients wrote are read: compressed, in transactions, with headers of any kind",
    requirements: ["KAF-004"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      await asOther(context, async (other) => {
        await other.append("notes", [{ value: "plain" }, { key: "k", value: "keyed" }]);
        await other.appendCompressed("notes", [
          { value: "z".repeat(10_000), headers: { twice: ["one", "two"], empty: "" } },
          { key: "k", value: null },
        ]);
        await other.transaction(true, [["notes", 0, { key: "k", value: "in a transaction" }]]);
        await other.append("notes", [{ value: "last" }]);
      });
      mustStand(
        (await read(testee, { topic: "notes" })).map(lineOf),
        [
          line(null, "plain"),
          line("k", "keyed"),
          line(null, "z".repeat(10_000), [
            ["empty", ""],
            ["twice", "two"],
          ]),
          line("k", null),
          line("k", "in a transaction"),
          line(null, "last"),
        ],
        "what was read",
      );
    },
  }),
  kafka({
    name: "like-markers",
    title: "records whose keys and values are those of markers are records, and markers are none",
    requirements: ["KAF-006"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      const records = MARKER_LIKE.flatMap((key) => MARKER_LIKE.map((value): OtherRecord => ({ key, value })));
      await asOther(context, async (other) => {
        await other.append("notes", records);
        for (const record of records) await other.transaction(true, [["notes", 0, record]]);
        await other.append("notes", [{ value: "last" }]);
      });
      const expected = [...records, ...records].map(({ key = null, value }) => line(key, value));
      mustStand(
        (await read(testee, { topic: "notes" })).map(lineOf),
        [...expected, line(null, "last")],
        "what was read",
      );
    },
  }),
  kafka({
    name: "emptied-markers",
    title: "a partition is read in which compaction has left a marker without its record",
    requirements: ["KAF-006", "KAF-004"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      const { cluster } = context.kafka;
      await cluster.controller(alterTopic("notes", COMPACTED_AT_ONCE));
      const isEmptied = async (): Promise<boolean> =>
        (await readBatches(cluster, { topic: "notes", partition: 0 })).some(
          ({ isControl, records }) => isControl && records.length === 0,
        );
      await asOther(context, async (other) => {
        await other.leave("notes", { key: "k", value: "aborted" });
        const end = performance.now() + COMPACTION_MS;
        while (!(await isEmptied())) {
          if (performance.now() > end) throw new NotFired("compaction has emptied no marker");
          // What was written last is not compacted, until something is written after it.
          await other.append("notes", [{ key: "k", value: "committed" }]);
        }
      });
      const seen = new Set(textsOf(await read(testee, { topic: "notes" })));
      mustBe([...seen], ["committed"], "what is read of the partition", { requirement: "KAF-006" });
    },
  }),
  kafka({
    name: "aborted",
    title: "records of transactions that were aborted, or are open, are not read",
    requirements: ["STO-011"],
    async run(context) {
      const testee = await opened(context, { notes: 2 });
      const seen = async (partition: number) => textsOf(await read(testee, { topic: "notes", partition }));
      await asOther(context, async (other) => {
        await other.append("notes", [{ value: "a" }]);
        await other.transaction(false, [
          ["notes", 0, { value: "aborted" }],
          ["notes", 1, { value: "aborted" }],
        ]);
        await other.append("notes", [{ value: "b" }]);
        await other.transaction(true, [["notes", 0, { value: "c" }]], async () => {
          await other.append("notes", [{ value: "d" }]);
          mustBe(await seen(0), ["a", "b"], "what is read of an open transaction and behind it");
        });
      });
      mustBe(await seen(0), ["a", "b", "c", "d"], "what is read of the partition");
      mustBe(await seen(1), [], "what is read of a partition without a committed record");
    },
  }),
  kafka({
    name: "acks",
    title: "whatever is written is written to all replicas that are in sync",
    requirements: ["KAF-005"],
    needs: ["proxy"],
    capabilities: [...RUNS, "guarantee.alo", "guarantee.amo"],
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const handlers = (["alo", "eos", "amo"] as const).map((guarantee) =>
        handler(guarantee, { id: guarantee, group: guarantee, steps: [emit(`Of-${guarantee}`)] }),
      );
      await scenario.runToEnd({ handlers });
      const asked = context.faults.requests.filter(({ kinds }) => kinds.includes("Produce"));
      const weak = asked.filter(({ acks }) => acks !== -1);
      if (asked.length > 0 && weak.length === 0) return;
      throw new Failure("WRONG-VALUE", "records were taken for written that one broker alone may have", {
        expected: "acks=-1",
        actual: asked.map(({ acks, topics = [] }) => `${topics.join(", ")}: acks=${acks}`).join("; "),
      });
    },
  }),
];

type Bytes = Uint8Array | string | null | undefined;

function line(key: Bytes, value: Bytes, headers: readonly (readonly [string, Bytes])[] = []): string {
  const rest = headers.map(([name, text]) => `${name}=${hex(text)}`);
  return [hex(key), hex(value), ...rest.toSorted()].join(" ");
}

function lineOf({ key, value, headers }: StoredRecord): string {
  return line(key, value, Object.entries(headers));
}

function hex(bytes: Bytes): string {
  return bytes == null ? "null" : `x${Buffer.from(bytes as string).toString("hex")}`;
}
