import type { BoundCase } from "../../case.js";
import { Failure } from "../../failure.js";
import { mustBeRefused, read, reading, write, writing } from "../../scenario/command.js";
import { BEGIN, from, since } from "../../scenario/cursors.js";
import { handler } from "../../scenario/handlers.js";
import { of } from "../../scenario/of.js";
import { Scenario } from "../../scenario/scenario.js";
import { stored, tick, ticks } from "../../scenario/ticks.js";
import { until } from "../../scenario/until.js";
import { mustBe, note, notes, numbered, placesOf, textsOf } from "../compare.js";
import { PG, RUNS, SQL, store } from "../define.js";
import { mustStand } from "../must-stand.js";
import { opened, reopened } from "../opened.js";
import { append, lockHead } from "./append.js";
import { isHeadLocked, isSomeoneWaiting } from "./look.js";

const HOUR_MS = 3_600_000;

/** Appending and reading, while others append, lock and erase. */
export const appendCases: readonly BoundCase[] = [
  store({
    name: "sql.head-lock",
    title: "who appends waits for whoever appends to the same partition, and goes on behind that",
    requirements: ["SQL-005", "STO-012"],
    bindings: PG,
    async run(context) {
      const { database } = context;
      const testee = await opened(context, { notes: 1 });
      await write(testee, [note("notes", "a0")]);
      const other = await database.begin();
      await append(other, "notes", 0, { offset: 1, key: "k", value: Buffer.from("other"), headers: "{}" });
      const reply = testee.call(writing([note("notes", "a2")]));
      await until("the append waits", () => isSomeoneWaiting(database), "SQL-005");
      mustBe(textsOf(await read(testee, { topic: "notes" })), ["a0"], "what is committed");
      await other.commit();
      const written = await reply;
      if (written.case !== "written") {
        const actual = written.case === "failed" ? written.value.message : "";
        throw new Failure("REFUSED", "refused to append behind another one", { actual });
      }
      mustBe(placesOf(written.value.positions), ["notes/0@2"], "where the record stands");
      mustBe(textsOf(await read(testee, { topic: "notes" })), ["a0", "other", "a2"], "the partition");
    },
  }),
  store({
    name: "sql.lock-order",
    title: "heads are locked in ascending order, whatever the order of the records",
    requirements: ["SQL-006"],
    bindings: PG,
    async run(context) {
      const { database } = context;
      const testee = await opened(context, { first: 3, second: 1 });
      const other = await database.begin();
      await lockHead(other, "first", 1);
      const places = [
        note("second", "a", { partition: 0 }),
        note("first", "b", { partition: 2 }),
        note("first", "c", { partition: 1 }),
        note("first", "d", { partition: 0 }),
      ];
      const reply = testee.call(writing(places));
      await until("the append waits", () => isSomeoneWaiting(database), "SQL-006");
      const locked: string[] = [];
      for (const [topic, partition] of [
        ["first", 0],
        ["first", 2],
        ["second", 0],
      ] as const)
        if (await isHeadLocked(database, topic, partition)) locked.push(`${topic}/${partition}`);
      await other.rollBack();
      await reply;
      mustStand(locked, ["first/0"], "what is locked while first/1 is waited for");
    },
  }),
  store({
    name: "sql.no-notify",
    title: "records are found that were appended without a notification",
    requirements: ["SQL-007"],
    bindings: PG,
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(1));
      const run = await scenario.start({ handlers: [handler("eos")] });
      await run.next("effect", of(0));
      const other = await context.database.begin();
      const { key = null, value = null, headers } = stored(tick(1));
      await append(other, "source-events", 0, { offset: 1, key, value, headers: JSON.stringify(headers) });
      await other.commit();
      await run.next("effect", of(1));
      await scenario.stop(run);
      scenario.judge();
    },
  }),
  store({
    name: "sql.bounds",
    title: "the head says what is kept, whatever rows there are",
    requirements: ["SQL-008", "STO-017"],
    bindings: SQL,
    async run(context) {
      const { database } = context;
      let testee = await opened(context, { notes: 1 });
      await write(testee, notes("notes", numbered("a", 8)));
      await database.run("UPDATE eventy_head SET begin_offset = 5 WHERE end_offset = 8");
      testee = await reopened(context);
      for (const offset of [3, 9])
        await mustBeRefused(testee, reading({ topic: "notes", cursor: from(offset) }), "POSITION_LOST");
      mustBe(
        textsOf(await read(testee, { topic: "notes", cursor: BEGIN })),
        numbered("a", 3, 5),
        "from BEGIN on",
      );
    },
  }),
  store({
    name: "append.clock-back",
    title: "no record is appended before an earlier one, though the clock was set back",
    requirements: ["STO-016"],
    bindings: SQL,
    async run(context) {
      const { database } = context;
      let testee = await opened(context, { notes: 1 });
      await write(testee, [note("notes", "a0")]);
      const later = Date.now() + HOUR_MS;
      await database.run("UPDATE eventy_record SET appended_at = $1", [later]);
      await database.run("UPDATE eventy_head SET appended_at = $1", [later]);
      testee = await reopened(context);
      await write(testee, [note("notes", "a1")]);
      await write(testee, [note("notes", "a2")]);
      const found = await read(testee, { topic: "notes", cursor: since(later) });
      mustBe(textsOf(found), ["a0", "a1", "a2"], "what was appended since then");
      await testee.kill();
      const times = await database.run("SELECT appended_at FROM eventy_record ORDER BY record_offset");
      const early = times.filter((row) => Number(row["appended_at"]) < later);
      if (early.length === 0) return;
      throw new Failure("WRONG-VALUE", "records were appended before an earlier one", {
        expected: `at least ${later}`,
        actual: early.map((row) => String(row["appended_at"])).join(", "),
      });
    },
  }),
];
