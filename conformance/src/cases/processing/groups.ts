import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase } from "../case.js";
import { add, emit, fail, gate, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { mustBeCalled } from "./called.js";
import { processing } from "./define.js";
import { mustStop } from "./stopped.js";

const GUARANTEE_NAMES = ["alo", "amo", "eos"] as const;
const MIXED = GUARANTEE_NAMES.map((name) => `guarantee.${name}`);

/** What groups and guarantees have to do with each other: nothing. */
export const groupCases: readonly BoundCase[] = [
  ...processing({
    name: "stuck-group",
    title: "a group whose handler waits holds up no other group",
    requirements: ["PRC-010", "STO-022"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(5));
      const stuck = handler(guarantee, { id: "stuck", group: "stuck", steps: [gate("g")] });
      const free = handler(guarantee, { id: "free", group: "free" });
      const run = await scenario.start({ handlers: [stuck, free], maxBatch: 2 });
      await run.next("gate", of(0, "stuck"));
      await run.next("effect", of(4, "free"));
      await run.release("g");
      await run.next("effect", of(4, "stuck"));
      await scenario.stop(run);
      scenario.judge();
    },
  }),
  ...processing({
    name: "failing-group",
    title: "a group whose handler always fails stops alone: handlers of other groups get each record once",
    requirements: ["PRC-010", "PRC-051"],
    capabilities: MIXED,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4));
      const others = GUARANTEE_NAMES.filter((name) => name !== guarantee);
      const handlers = GUARANTEE_NAMES.map((name) => {
        const steps = name === guarantee ? [fail()] : [gate("g"), emit(`Of-${name}`)];
        return handler(name, { id: name, group: name, steps });
      });
      const run = await scenario.start({ handlers, maxBatch: 1, untilEnd: true });
      // The others have most of their work before them when it stops.
      await run.next("groupStopped");
      for (const name of others) await run.next("gate", of(0, name));
      await run.release("g");
      await mustStop(context, run, "HANDLER_FAILED");
      await scenario.look("the run ended", { settled: true });
      mustBeCalled(scenario, Object.fromEntries(others.map((name) => [name, "0 1 2 3"])), "PRC-010");
      scenario.judge();
    },
  }),
  ...processing({
    name: "stopped-group",
    title: "when a group has stopped, the others go on with what comes then",
    requirements: ["PRC-010"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(2));
      const failing = handler(guarantee, { id: "failing", group: "failing", steps: [fail()] });
      const free = handler(guarantee, { id: "free", group: "free" });
      const run = await scenario.start({ handlers: [failing, free] });
      await run.next("groupStopped", ({ group }) => group === "failing");
      await scenario.write(ticks(4).slice(2));
      await run.next("effect", of(3, "free"));
      await run.stop();
    },
  }),
  ...processing({
    name: "mixed-guarantees",
    title: "handlers of three guarantees in one group each keep their own",
    requirements: ["PRC-011", "PRC-016", "PRC-018", "PRC-025"],
    capabilities: MIXED,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      await scenario.write(ticks(20, (n) => ({ key: `k${n % 5}` })));
      const mixed = GUARANTEE_NAMES.map((name) => handler(name, { id: name }));
      // The one that the case is of comes first, so each order is tried.
      const handlers = mixed.toSorted((one) => (one.id === guarantee ? -1 : 1));
      await scenario.runToEnd({ handlers, maxBatch: 6 });
      scenario.judge();
    },
  }),
  ...processing({
    name: "failure-of-another-guarantee",
    title: "whatever becomes of a handler of one guarantee, those of the others keep their effects",
    requirements: ["PRC-011", "PRC-031", "PRC-037"],
    capabilities: MIXED,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(8, (n) => ({ flags: [n % 3 === 1 ? "fails" : "fine"] })));
      const hasState = context.testee.capabilities.has("state");
      const handlers = GUARANTEE_NAMES.map((name) => {
        const outputs = name === "eos" && hasState ? [emit(`Of-${name}`), add()] : [emit(`Of-${name}`)];
        if (name !== guarantee) return handler(name, { id: name, steps: outputs });
        const onError = guarantee === "alo" ? Policy.SKIP : Policy.DEAD_LETTER;
        return handler(name, { id: name, steps: [...outputs, only("fails", fail())], onError });
      });
      await scenario.runToEnd({ handlers });
      scenario.judge();
    },
  }),
];
