import type { Rule } from "../../checker/index.js";
import type { BoundCase } from "../case.js";
import { handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { MAIN, processing } from "./define.js";

/** What has to work before the rest is worth trying. */
const BASIC: ReadonlySet<Rule> = new Set<Rule>([
  "progress",
  "at-least-once",
  "exactly-once",
  "at-most-once",
  "turn",
]);

/** A service handles three records, and what it emits is there. */
export const smokeCases: readonly BoundCase[] = processing({
  name: "smoke",
  title: "three records are handled, and what is emitted is there",
  requirements: (guarantee) => ["PRC-004", "PRC-050", MAIN[guarantee]],
  smoke: true,
  async run(context, guarantee) {
    const scenario = await Scenario.begin(context);
    await scenario.write(ticks(3));
    await scenario.runToEnd({ handlers: [handler(guarantee)] });
    scenario.judge({}, BASIC);
  },
});
