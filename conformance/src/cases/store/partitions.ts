import fc from "fast-check";
import { murmur2 } from "../../oracle/murmur2.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { createTopic, must, write } from "../scenario/command.js";
import { note } from "./compare.js";
import { store } from "./define.js";
import { opened } from "./opened.js";

/** Keys of the table of the specification, and others that are easily got wrong. */
const KEYS = ["", "a", "21", "42", "abc", "foobar", "Zürich", "日本", "😀", "a-little-bit-long-string"];
const MORE = [
  "a-little-bit-longer-string",
  "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8",
  "\u0001",
  "e\u0301",
  "é",
];
const COUNTS = [1, 2, 3, 12, 100];

/** Which partition a key is of. */
export const partitionCases: readonly BoundCase[] = [
  store({
    name: "partition.vectors",
    title: "the partition of a key is that of murmur2",
    requirements: ["STO-004"],
    async run({ testee, seed, runs }) {
      const random = fc.sample(fc.string({ unit: "grapheme", maxLength: 40 }), { seed, numRuns: runs });
      for (const key of [...KEYS, ...MORE, ...random]) {
        for (const partitions of COUNTS) {
          const { partition } = await must(
            testee,
            { case: "partition", value: { key, partitions } },
            "partitioned",
          );
          mustBePartition(key, partitions, partition);
        }
      }
    },
  }),
  store({
    name: "partition.write",
    title: "a record with a key is appended to the partition of its key, an empty key included",
    requirements: ["STO-004"],
    async run(context) {
      const testee = await opened(context);
      for (const partitions of COUNTS) {
        await createTopic(testee, `notes-${partitions}`, partitions);
        const keys = [...KEYS, ...MORE];
        const positions = await write(
          testee,
          keys.map((key) => note(`notes-${partitions}`, key, { key })),
        );
        for (const [i, key] of keys.entries())
          mustBePartition(key, partitions, positions[i]?.partition ?? -1);
      }
    },
  }),
  store({
    name: "partition.no-key",
    title: "records without a key are spread over all partitions",
    requirements: ["STO-005"],
    async run(context) {
      const testee = await opened(context, { notes: 3 });
      const used = new Set<number>();
      for (let i = 0; i < 60; i++) {
        const [position] = await write(testee, [{ topic: "notes", value: Buffer.from("a") }]);
        used.add(position?.partition ?? -1);
      }
      if (used.size === 3) return;
      throw new Failure("MISROUTED", "60 records without a key are not in every partition of three", {
        actual: [...used].join(", "),
      });
    },
  }),
];

function mustBePartition(key: string, partitions: number, actual: number): void {
  const expected = (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
  if (actual === expected) return;
  throw new Failure("MISROUTED", `the key ${JSON.stringify(key)} is of another partition of ${partitions}`, {
    expected: String(expected),
    actual: String(actual),
  });
}
