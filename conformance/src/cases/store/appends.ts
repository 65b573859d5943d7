import type { StoredRecord } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { mustBeRefused, read, type ToWrite, write, writing } from "../scenario/command.js";
import { handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { mustBe, note, numbered, placesOf, textsOf } from "./compare.js";
import { DURABLE, RUNS, store } from "./define.js";
import { opened } from "./opened.js";

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, i) => i);

/** Appending records outside of any claim. */
export const appendCases: readonly BoundCase[] = [
  store({
    name: "append.order",
    title: "offsets grow in the order of calls, and within a call in the order of its records",
    requirements: ["STO-006"],
    async run(context) {
      const testee = await opened(context, { notes: 2 });
      const positions: StoredRecord[] = [];
      for (let call = 0; call < 3; call++) {
        const records = numbered("a", 50, call * 50).map((text, i) =>
          note("notes", text, { partition: i % 2 }),
        );
        positions.push(...(await write(testee, records)));
      }
      for (const partition of [0, 1]) {
        const expected = numbered("a", 150).filter((_, i) => i % 2 === partition);
        const records = await read(testee, { topic: "notes", partition });
        mustBe(textsOf(records), expected, "the partition");
        const places = placesOf(positions.filter((_, i) => i % 2 === partition));
        mustBe(places, placesOf(records), "where the records are said to stand");
        mustGrow(records);
      }
    },
  }),
  store({
    name: "append.atomic",
    title: "of a call of which one record is refused, none is there",
    requirements: ["STO-007"],
    async run(context) {
      const testee = await opened(context, { notes: 2 });
      const good = numbered("a", 6).map((text, i) => note("notes", text, { partition: i % 2 }));
      await mustBeRefused(testee, writing([...good, note("unknown", "b")]), "UNKNOWN_TOPIC");
      const there = await context.oracle.records("notes", 2);
      if (there.length === 0) return;
      throw new Failure("PARTIAL-TRANSACTION", "records of a call that was refused are there", {
        actual: textsOf(there).join(", "),
      });
    },
  }),
  store({
    name: "append.durable",
    title: "what was answered as written outlives the process, also where a run has ended before",
    requirements: ["STO-008"],
    bindings: DURABLE,
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      const run = await scenario.start({ handlers: [handler("eos")] });
      await run.stop();
      await scenario.write(ticks(3));
      for (const n of [3, 4, 5]) {
        await scenario.write([ticks(n + 1)[n] ?? ticks(1)[0]].filter((one) => one !== undefined));
        await scenario.kill("right behind the answer");
        const there = await context.oracle.records("source-events");
        if (there.length === n + 1) continue;
        throw new Failure("LOST", "a record is not there that was answered as written", {
          expected: `${n + 1} records`,
          actual: `${there.length} records`,
        });
      }
    },
  }),
  store({
    name: "append.bytes",
    title: "keys, values and headers are as they were written, null and empty ones kept apart",
    requirements: ["STO-010"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      const at: { topic: string; partition: number } & Shown & ToWrite = { topic: "notes", partition: 0 };
      const headers = {
        a: "",
        quote: '"\\\n\t',
        "x-é": "😀 日本",
        [`long-${"n".repeat(100)}`]: "v".repeat(5000),
      };
      const records: readonly (typeof at & Shown & ToWrite)[] = [
        at,
        { ...at, key: "", value: new Uint8Array() },
        { ...at, key: "a\nb\u0001\u2028😀", value: ALL_BYTES, headers },
        { ...at, key: "k".repeat(2000), value: new Uint8Array(300_000).fill(7) },
      ];
      await write(testee, records);
      mustBe((await read(testee, { topic: "notes" })).map(shown), records.map(shown), "what is read");
      mustBe((await context.oracle.records("notes")).map(shown), records.map(shown), "what is stored");
    },
  }),
];

/** @throws Failure if a record does not stand behind the one before. */
function mustGrow(records: readonly StoredRecord[]): void {
  for (const [i, { offset = 0n }] of records.entries()) {
    const before = records[i - 1]?.offset ?? -1n;
    if (offset > before) continue;
    throw new Failure("REORDERED", "a record has no greater offset than the one before", {
      expected: `more than ${before}`,
      actual: String(offset),
    });
  }
}

interface Shown {
  readonly key?: string | null | undefined;
  readonly value?: Uint8Array | null | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

function shown({ key, value, headers = {} }: Shown): string {
  const bytes = value == null ? "null" : Buffer.from(value).toString("base64");
  return `${JSON.stringify(key ?? null)} ${bytes} ${JSON.stringify(Object.entries(headers).toSorted())}`;
}
