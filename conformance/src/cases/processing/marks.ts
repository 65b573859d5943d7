import type { PersistedMark } from "../../oracle/store/oracle.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { emit, gate, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { DURABLE } from "../store/define.js";
import { processing, REPEATING } from "./define.js";

/** The durable note that something is being tried. */
export const markCases: readonly BoundCase[] = [
  ...processing({
    name: "crash-mark",
    title:
      "a mark is durable before a handler is called, and counts the attempts of a record across processes",
    guarantees: REPEATING,
    requirements: ["PRC-041", "PRC-042"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      await scenario.write(ticks(6, (n) => (n === 1 ? { flags: ["waits"] } : {})));
      const steps = [only("waits", gate("g")), emit("Of-h")];
      const plan = { handlers: [handler(guarantee, { steps })], maxBatch: 3, crashLimit: 100 };
      // First with the others of its batch, then alone.
      const expected = [
        { offset: 0, until: 3, attempt: 0 },
        { offset: 1, until: 3, attempt: 1 },
        { offset: 1, until: 3, attempt: 2 },
      ];
      for (const mark of expected) {
        const run = await scenario.start(plan);
        await run.next("gate", of(1));
        mustBeMark(await context.oracle.mark("orders", "source-events", 0), mark);
        await scenario.kill("while it had record 1");
      }
      await scenario.runToEnd(plan, { open: ["g"] });
      scenario.judge();
      mustBeMark(await context.oracle.mark("orders", "source-events", 0), null);
    },
  }),
  ...processing({
    name: "mark-removed",
    title: "behind the first batch there is no mark, and none is left when the process ends in order",
    guarantees: REPEATING,
    requirements: ["PRC-041", "PRC-043"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      await scenario.write(ticks(6, (n) => (n === 4 ? { flags: ["waits"] } : {})));
      const steps = [only("waits", gate("g")), emit("Of-h")];
      const plan = { handlers: [handler(guarantee, { steps })], maxBatch: 2, crashLimit: 100 };
      const run = await scenario.start(plan);
      await run.next("gate", of(4));
      mustBeMark(await context.oracle.mark("orders", "source-events", 0), null);
      await scenario.kill("behind its first batch");
      await scenario.runToEnd(plan, { open: ["g"] });
      scenario.judge();
      mustBeMark(await context.oracle.mark("orders", "source-events", 0), null);
    },
  }),
];

function mustBeMark(actual: PersistedMark | null, expected: PersistedMark | null): void {
  const [one, other] = [expected, actual].map(text);
  if (one === other) return;
  throw new Failure("WRONG-VALUE", "the crash mark is another one", {
    requirement: "PRC-041",
    expected: String(one),
    actual: String(other),
  });
}

function text(mark: PersistedMark | null): string {
  return mark === null ? "no mark" : `offset ${mark.offset}, until ${mark.until}, attempt ${mark.attempt}`;
}
