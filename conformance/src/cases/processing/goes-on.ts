import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { effect, emit, fail, handler, only } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import type { Run } from "../testee.js";
import { mustBeCalled } from "./called.js";
import { processing, REPEATING } from "./define.js";
import { mustStop } from "./stopped.js";

/** A process that goes on after an error keeps every guarantee, as one that starts anew. */
export const goesOnCases: readonly BoundCase[] = [
  ...processing({
    name: "goes-on-after-an-error",
    title: "an error stops the run, the same process runs again, and no record is left out or handled twice",
    guarantees: REPEATING,
    requirements: (guarantee) => ["PRC-014", "PRC-029", guarantee === "alo" ? "PRC-016" : "PRC-018"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4, (n) => (n === 1 ? { flags: ["fails"] } : {})));
      const once = handler(guarantee, { steps: [only("fails", fail(1)), emit("Of-h")] });
      await mustStop(
        context,
        await scenario.start({ handlers: [once], untilEnd: true, maxBatch: 2 }),
        "HANDLER_FAILED",
      );
      // The same process: its handler does not fail again.
      const second = await scenario.start({
        handlers: [{ ...once, retries: 1 }],
        untilEnd: true,
        maxBatch: 2,
      });
      await second.ended();
      await scenario.look("the second run ended", { settled: true });
      const rules = new Set([
        guarantee === "alo" ? "at-least-once" : "exactly-once",
        "progress",
        "stop",
      ] as const);
      scenario.judge({ "at-least-once": "PRC-014", "exactly-once": "PRC-014" }, rules);
      mustBeCalledAgain(scenario, "1");
      await mustNotFail(second);
    },
  }),
  ...processing({
    name: "no-wedge-after-an-error",
    title:
      "an error of a handler leaves no transaction open: the next run of the process gets to all records",
    requirements: ["PRC-014"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4, (n) => (n === 1 ? { flags: ["fails"] } : {})));
      const once = handler(guarantee, { steps: [only("fails", fail(1)), effect("seen")] });
      await mustStop(
        context,
        await scenario.start({ handlers: [once], untilEnd: true, maxBatch: 2 }),
        "HANDLER_FAILED",
      );
      await mustNotFail(await scenario.start({ handlers: [once], untilEnd: true, maxBatch: 2 }));
      const missing = ["0", "2", "3"].filter((n) => !scenario.calls().includes(n));
      if (missing.length === 0) return;
      throw new Failure("LOST", "records were never handled", {
        requirement: "PRC-014",
        actual: missing.join(", "),
      });
    },
  }),
  ...processing({
    name: "turns-behind-a-failure",
    title: "a record that fails takes no other record of its acknowledged batch with it",
    guarantees: ["amo"],
    requirements: ["PRC-026", "PRC-027", "PRC-014"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4, (n) => (n === 1 ? { flags: ["fails"] } : {})));
      const fails = handler(guarantee, { steps: [only("fails", fail()), effect("seen")] });
      await mustStop(
        context,
        await scenario.start({ handlers: [fails], untilEnd: true, maxBatch: 4 }),
        "HANDLER_FAILED",
      );
      await mustNotFail(await scenario.start({ handlers: [fails], untilEnd: true, maxBatch: 4 }));
      await scenario.look("the second run ended", { settled: true });
      scenario.judge({}, new Set(["turn", "at-most-once", "acknowledged-first"]));
      mustBeCalled(scenario, { h: "0 1 2 3" }, "PRC-027");
    },
  }),
];

/** @throws Failure if the run ends with an error: what failed once must not fail it again. */
async function mustNotFail(run: Run): Promise<void> {
  const end = await run.ended();
  if (end.case !== "fatal") return;
  throw new Failure("STALLED", "the run of a process that goes on after an error ended with an error", {
    requirement: "PRC-014",
    actual: end.value.message,
  });
}

function mustBeCalledAgain(scenario: Scenario, n: string): void {
  const calls = scenario.calls().filter((call) => call === n).length;
  if (calls > 1) return;
  throw new Failure("LOST", `record ${n}, for which the handler failed, was never given to it again`, {
    requirement: "PRC-014",
  });
}
