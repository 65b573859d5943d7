import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { handler } from "../scenario/handlers.js";
import type { Plan } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { mustBe } from "../store/compare.js";
import { DURABLE } from "../store/define.js";
import { processing } from "./define.js";
import { mustStop } from "./stopped.js";

/** What services do when the records that they have to handle were erased. */
export const positionLostCases: readonly BoundCase[] = [
  ...processing({
    name: "position-lost",
    title: "a group whose next record was erased stops, and goes on nowhere else",
    requirements: ["PRC-034"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const plan: Plan = { handlers: [handler(guarantee)] };
      await scenario.write(ticks(2));
      await scenario.runToEnd(plan);
      await scenario.write(ticks(8).slice(2));
      await scenario.behind((door) => door.erase("source-events", 0, 5));
      await mustStop(context, await scenario.start(plan), "POSITION_LOST", "PRC-034");
      mustBe(scenario.calls(), ["0", "1"], "what was handled", { requirement: "PRC-034" });
      const cursor = await context.oracle.acknowledged("orders", "source-events", 0);
      if (cursor === 2) return;
      throw new Failure("WRONG-POSITION", "the cursor of a group was moved whose next record is lost", {
        requirement: "PRC-034",
        expected: "2",
        actual: String(cursor),
      });
    },
  }),
];
