import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { acknowledged, mustBeRefused, read, reading, write } from "../scenario/command.js";
import { ACKNOWLEDGED, BEGIN, CURRENT, type CursorInit, from, since } from "../scenario/cursors.js";
import { handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { mustBe, note, notes, numbered, offsetsOf, textsOf } from "./compare.js";
import { RUNS, store } from "./define.js";
import { opened } from "./opened.js";

/** Where reading begins. */
export const readCases: readonly BoundCase[] = [
  store({
    name: "read.cursor",
    title: "reading begins at the oldest record, behind the newest, or exactly at an offset",
    requirements: ["STO-014"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      await write(testee, notes("notes", numbered("a", 5)));
      const at = { topic: "notes" };
      mustBe(textsOf(await read(testee, { ...at, cursor: BEGIN })), numbered("a", 5), "BEGIN");
      mustBe(textsOf(await read(testee, { ...at, cursor: CURRENT })), [], "CURRENT");
      mustBe(textsOf(await read(testee, { ...at, cursor: from(3) })), ["a3", "a4"], "from offset 3");
      mustBe(textsOf(await read(testee, { ...at, cursor: from(5) })), [], "from the end");
      mustBe(
        textsOf(await read(testee, { ...at, cursor: from(1), limit: 2 })),
        ["a1", "a2"],
        "two from offset 1",
      );
      const never = { ...at, cursor: ACKNOWLEDGED, group: "never" };
      mustBe(
        textsOf(await read(testee, never)),
        numbered("a", 5),
        "ACKNOWLEDGED where the group never began",
      );
    },
  }),
  store({
    name: "read.cursor-acknowledged",
    title: "reading begins behind what a group has acknowledged, and moves no cursor",
    requirements: ["STO-014", "STO-018", "STO-021"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const plan = { handlers: [handler("eos")] };
      await scenario.runToEnd(plan);
      await scenario.write(ticks(5).slice(3));
      const testee = await scenario.opened();
      const topic = "source-events";
      const offsets = async (cursor: CursorInit): Promise<readonly string[]> =>
        offsetsOf(await read(testee, { topic, cursor, group: "orders" }));
      mustBe(await offsets(ACKNOWLEDGED), ["3", "4"], "ACKNOWLEDGED", { requirement: "STO-014" });
      mustBe(await offsets(BEGIN), ["0", "1", "2", "3", "4"], "BEGIN", { requirement: "STO-014" });
      mustBe(await offsets(CURRENT), [], "CURRENT", { requirement: "STO-014" });
      const cursor = await acknowledged(testee, "orders", topic);
      if (cursor !== 3) {
        const counts = { expected: "3", actual: String(cursor) };
        throw new Failure("WRONG-POSITION", "reading moved the cursor of a group", {
          requirement: "STO-018",
          ...counts,
        });
      }
      await scenario.runToEnd(plan);
      scenario.judge({ "exactly-once": "STO-018" });
    },
  }),
  store({
    name: "read.cursor-date",
    title: "a date cursor counts the time of appending, whatever date a record has",
    requirements: ["STO-015", "STO-014"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      await write(testee, [note("notes", "a0"), note("notes", "a1")]);
      const between = await laterMillisecond();
      await write(testee, [note("notes", "a2")]);
      const found = async (date: number) =>
        textsOf(await read(testee, { topic: "notes", cursor: since(date) }));
      mustBe(await found(between), ["a2"], "what was appended since then");
      mustBe(await found(0), ["a0", "a1", "a2"], "what was appended since 1970");
      mustBe(await found(Date.now() + 3_600_000), [], "what will have been appended in an hour");
    },
  }),
  store({
    name: "read.beyond-the-end",
    title: "reading from behind the end is refused: that position is lost",
    requirements: ["STO-017"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      await write(testee, [note("notes", "a0")]);
      await mustBeRefused(testee, reading({ topic: "notes", cursor: from(2) }), "POSITION_LOST");
    },
  }),
];

/** A millisecond that no record was appended in before, and that is over by now. */
async function laterMillisecond(): Promise<number> {
  const written = Date.now();
  while (Date.now() < written + 2) await new Promise((resolve) => setTimeout(resolve, 1));
  const between = Date.now();
  while (Date.now() < between + 2) await new Promise((resolve) => setTimeout(resolve, 1));
  return between;
}
