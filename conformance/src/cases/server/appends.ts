import { COMMITS } from "../../faults/faults.js";
import { codeName } from "../ask.js";
import type { BoundCase } from "../case.js";
import { NotFired } from "../failure.js";
import { createTopic, mustBeError, read, write, writing } from "../scenario/command.js";
import { from } from "../scenario/cursors.js";
import { emit, gate, handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { tick } from "../scenario/ticks.js";
import { until } from "../scenario/until.js";
import { mustBe, note, notes, numbered, textsOf } from "../store/compare.js";
import { RUNS, SERVED, store } from "../store/define.js";
import { opened } from "../store/opened.js";

/** Appending, on connections that break and by several processes at once. */
export const appendCases: readonly BoundCase[] = [
  ...(["before", "after"] as const).map((moment) =>
    store({
      name: `append.cut-${moment}`,
      title:
        moment === "before"
          ? "an append whose commit did not reach the server left nothing, or is found to be there"
          : "an append whose answer was lost is of unknown outcome or found to be there, and is not done twice",
      requirements: moment === "before" ? ["STO-007", "STO-009", "STO-032"] : ["STO-009", "STO-032"],
      bindings: SERVED,
      needs: ["proxy"],
      async run(context) {
        const { oracle, faults } = context;
        const testee = await opened(context, { notes: 2 });
        await write(testee, [note("notes", "a0", { partition: 0 })]);
        const fault = faults.arm({ kinds: COMMITS, nth: 1, moment, action: "cut" });
        const places = [note("notes", "a1", { partition: 0 }), note("notes", "b1", { partition: 1 })];
        const reply = await testee.call(writing(places));
        fault.witness();
        const there = textsOf(await oracle.records("notes", 2));
        // Who asks again what became of the commit has it carried out, or hears that it was.
        const isThere = moment === "after" || reply.case !== "failed" || there.length > 1;
        mustBe(there, isThere ? ["a0", "a1", "b1"] : ["a0"], "what is there");
        if (reply.case === "failed") {
          const isKnown = !isThere && codeName(reply.value.code) === "STORE_UNAVAILABLE";
          if (!isKnown) mustBeError(testee, reply.value, "OUTCOME_UNKNOWN");
        }
        await write(testee, [note("notes", "a2", { partition: 0 })]);
        mustBe(
          textsOf(await read(testee, { topic: "notes" })),
          isThere ? ["a0", "a1", "a2"] : ["a0", "a2"],
          "the partition",
          { requirement: "STO-032" },
        );
      },
    }),
  ),
  store({
    name: "read.committed",
    title: "records are read when the transaction that appends them is committed, and not before",
    requirements: ["STO-011"],
    bindings: SERVED,
    needs: ["processes", "proxy"],
    capabilities: RUNS,
    async run(context) {
      const { faults, backdoor } = context;
      const scenario = await Scenario.begin(context);
      await scenario.write([tick(0)]);
      const plan = { handlers: [handler("eos", { steps: [emit("Of-h"), gate("g")] })] };
      const run = await scenario.start(plan);
      await run.next("gate");
      const other = await scenario.another();
      const fault = faults.arm({ kinds: COMMITS, nth: 1, moment: "before", action: "hold" });
      await run.release("g");
      await fault.fired(run.ended());
      const isOpen = await backdoor.isOpen("orders-events", 0);
      if (!isOpen) throw new NotFired("what stands still is not the transaction of the batch");
      const seen = async () => (await read(other, { topic: "orders-events" })).map(() => "output");
      mustBe(await seen(), [], "what another process reads before the commit");
      fault.proceed();
      await until("the output is there", async () => (await seen()).length === 1, "STO-011");
      await scenario.stop(run);
      scenario.judge({ "exactly-once": "STO-028" });
    },
  }),
  store({
    name: "read.no-skip",
    title: "who goes on behind the last record that it saw misses none, whoever appends meanwhile",
    requirements: ["STO-012", "STO-006"],
    bindings: SERVED,
    needs: ["processes"],
    async run(context) {
      const reader = await opened(context);
      await createTopic(reader, "notes", 1);
      const writers = await Promise.all([context.spawn(), context.spawn(), context.spawn()]);
      for (const writer of writers) await writer.call({ case: "open", value: context.binding.open });
      const rounds = 40;
      const size = 2;
      const all = writers.length * rounds * size;
      let isOver = false;
      const writing = Promise.all(
        writers.map(async (writer, w) => {
          const calls = Array.from({ length: rounds }, (_, round) =>
            write(writer, notes("notes", numbered(`w${w}-`, size, round * size))),
          );
          await Promise.all(calls);
        }),
      ).finally(() => {
        isOver = true;
      });
      writing.catch(() => {});
      const offsets: number[] = [];
      for (let next = 0, isLast = false; !isLast; ) {
        // What is read after the end of all writing is all that there is.
        isLast = isOver;
        const records = await read(reader, { topic: "notes", cursor: from(next) });
        offsets.push(...records.map(({ offset }) => Number(offset)));
        next = (offsets.at(-1) ?? -1) + 1;
      }
      await writing;
      const expected = Array.from({ length: all }, (_, offset) => String(offset));
      mustBe(offsets.map(String), expected, "what the reader saw", { requirement: "STO-012" });
    },
  }),
];
