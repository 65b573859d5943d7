import fc from "fast-check";
import type { BoundCase } from "../case.js";
import { add, emit, handler } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { MAIN, processing } from "./define.js";

/** Records written for each kill. */
const RECORDS = 3;

/** At which record of a round the process is killed, at which of its events, and whether at once. */
const point = fc.record({
  at: fc.nat(RECORDS - 1),
  event: fc.constantFrom("invoked" as const, "effect" as const),
  isLater: fc.boolean(),
});

/** Kills at the events of runs; on PostgreSQL, the sweep over the wire kills at every request. */
export const killCases: readonly BoundCase[] = processing({
  name: "kill-sweep",
  title: "at whatever event of a run the process is killed, the guarantee holds",
  requirements: (guarantee) => ["STO-028", MAIN[guarantee], "PRC-014"],
  bindings: ["sqlite"],
  async run(context, guarantee) {
    const scenario = await Scenario.begin(context);
    const hasState = guarantee === "eos" && context.testee.capabilities.has("state");
    const steps = [emit("Of-h"), ...(hasState ? [add()] : [])];
    const plan = { handlers: [handler(guarantee, { steps })], maxBatch: 2, crashLimit: 1000 };
    const numRuns = Math.max(4, Math.ceil(context.runs / 12));
    for (const [i, { at, event, isLater }] of fc.sample(point, { seed: context.seed, numRuns }).entries()) {
      const first = i * RECORDS;
      await scenario.write(ticks(first + RECORDS).slice(first));
      const run = await scenario.start(plan);
      await run.next(event, of(first + at));
      // What follows the event may be done by then, or not.
      if (isLater) await new Promise((resolve) => setImmediate(resolve));
      await scenario.kill(`at record ${first + at}`);
      await scenario.runToEnd(plan);
      context.progress(i + 1, numRuns);
    }
    scenario.judge();
  },
});
