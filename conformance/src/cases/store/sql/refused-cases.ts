import type { BindingName } from "../../binding.js";
import type { BoundCase, BoundContext } from "../../case.js";
import { Failure } from "../../failure.js";
import { mustBeError, mustBeRefused, read, write, writing } from "../../scenario/command.js";
import { handler } from "../../scenario/handlers.js";
import { Scenario } from "../../scenario/scenario.js";
import { ticks } from "../../scenario/ticks.js";
import { mustBe, note, textsOf } from "../compare.js";
import { RUNS, SQL, store } from "../define.js";
import { opened, reopened } from "../opened.js";

/** Storage that refuses, and files that someone else has. */
export const refusedCases: readonly BoundCase[] = [
  store({
    name: "refused.write",
    title: "what the storage refuses is an error, and leaves what was there",
    requirements: ["STO-033"],
    bindings: SQL,
    async run(context) {
      const change: Change = (sql) => context.database.run(sql);
      let testee = await opened(context, { notes: 1 });
      await write(testee, [note("notes", "a0")]);
      await refuse(context, change);
      testee = await reopened(context);
      await mustBeRefused(testee, writing([note("notes", "a1")]), "STORE_FAILED");
      mustBe(textsOf(await read(testee, { topic: "notes" })), ["a0"], "what is there");
      await allow(context, change);
      testee = await reopened(context);
      await write(testee, [note("notes", "a2")]);
      mustBe(textsOf(await read(testee, { topic: "notes" })), ["a0", "a2"], "what is there");
    },
  }),
  store({
    name: "refused.run",
    title: "a group stops where the storage refuses what it writes, and goes on there when it can",
    requirements: ["STO-033"],
    bindings: SQL,
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      const change: Change = (sql) => scenario.change(sql);
      await scenario.write(ticks(4));
      await refuse(context, change);
      const plan = { handlers: [handler("eos")] };
      const end = await (await scenario.start({ ...plan, untilEnd: true })).ended();
      if (end.case !== "fatal")
        throw new Failure("ACCEPTED", "the run did not end with an error", { actual: end.case });
      mustBeError(context.testee, end.value, "STORE_FAILED");
      await scenario.look("the storage refused what the run wrote");
      scenario.judge({ "exactly-once": "STO-033" });
      await allow(context, change);
      await scenario.runToEnd(plan);
      scenario.judge({ "exactly-once": "STO-033", progress: "STO-033" });
    },
  }),
  store({
    name: "sqlite.in-use",
    title: "a file that another process has open is refused, and free again when that has ended",
    requirements: ["SQL-017"],
    bindings: ["sqlite"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      await write(testee, [note("notes", "a0")]);
      const other = await context.spawn();
      const open = { case: "open", value: context.binding.open } as const;
      // Some open the file only when there is something to do.
      let reply = await other.call(open);
      if (reply.case !== "failed")
        reply = await other.call({ case: "createTopic", value: { topic: "more", partitions: 1 } });
      if (reply.case !== "failed")
        throw new Failure("ACCEPTED", "a file is used that another process has open");
      mustBeError(other, reply.value, "STORE_IN_USE");
      await write(testee, [note("notes", "a1")]);
      await testee.kill();
      await other.call(open);
      mustBe(textsOf(await read(other, { topic: "notes" })), ["a0", "a1"], "what is there");
    },
  }),
];

/** What has all appends refused as on a full disk. */
const REFUSING: { readonly [name in BindingName]?: readonly string[] } = {
  sqlite: [
    `CREATE TRIGGER refusing BEFORE INSERT ON eventy_record
     BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
  ],
  postgresql: [
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
     BEGIN RAISE EXCEPTION 'could not extend file: no space left on device' USING ERRCODE = '53100'; END $body$`,
    `CREATE TRIGGER refusing BEFORE INSERT ON eventy_record
     FOR EACH STATEMENT EXECUTE FUNCTION refuse()`,
  ],
};

const ALLOWING: { readonly [name in BindingName]?: string } = {
  sqlite: "DROP TRIGGER refusing",
  postgresql: "DROP TRIGGER refusing ON eventy_record",
};

/** Who changes the database. */
type Change = (sql: string) => Promise<unknown>;

async function refuse({ binding }: BoundContext, change: Change): Promise<void> {
  for (const statement of REFUSING[binding.name] ?? []) await change(statement);
}

async function allow({ binding }: BoundContext, change: Change): Promise<void> {
  await change(ALLOWING[binding.name] ?? "");
}
