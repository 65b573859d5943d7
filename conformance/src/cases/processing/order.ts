import type { BoundCase } from "../case.js";
import { effect, fail, gate, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { mustBeCalled } from "./called.js";
import { processing } from "./define.js";

/** In which order records are handled, and what waits for what. */
export const orderCases: readonly BoundCase[] = [
  ...processing({
    name: "order",
    title: "the records of a partition are handled in their order, and what is emitted for a key keeps it",
    requirements: ["PRC-008"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { partitions: 3 });
      await scenario.write(ticks(60, (n) => ({ key: `k${n % 7}` })));
      await scenario.runToEnd({ handlers: [handler(guarantee)], maxBatch: 4 });
      scenario.judge();
    },
  }),
  ...processing({
    name: "order-while-retrying",
    title: "what comes behind a record that is tried again waits for it",
    guarantees: ["alo", "eos"],
    requirements: ["PRC-008", "PRC-030"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(6, (n) => (n === 2 ? { flags: ["fails"] } : {})));
      const steps = [only("fails", fail(2)), effect("passed")];
      await scenario.runToEnd({ handlers: [handler(guarantee, { steps, retries: 2 })] });
      scenario.judge();
    },
  }),
  ...processing({
    name: "partitions-apart",
    title: "a handler that takes its time in one partition holds up no other partition",
    requirements: ["PRC-009"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      // murmur2 puts "a" in partition 0 and "abc" in partition 1 of two.
      await scenario.write(ticks(6, (n) => (n === 0 ? { key: "a", flags: ["waits"] } : { key: "abc" })));
      const run = await scenario.start({
        handlers: [handler(guarantee, { steps: [only("waits", gate("g"))] })],
      });
      await run.next("gate");
      await run.next("effect", of(5));
      await run.release("g");
      await run.next("effect", of(0));
      await scenario.stop(run);
      scenario.judge();
    },
  }),
  ...processing({
    name: "topics-apart",
    title: "records of a second topic are handled while the first one has many",
    requirements: ["PRC-009"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { others: ["urn:zulu"] });
      // The topic `source-events` comes before `zulu-events`, by name and by age.
      await scenario.write([
        ...ticks(300, (n) => (n === 299 ? { flags: ["last"] } : {})),
        ...ticks(301, () => ({ namespace: "urn:zulu", source: "urn:zulu" })).slice(300),
      ]);
      const first = handler(guarantee, { id: "first", steps: [only("last", gate("g"))] });
      const second = handler(guarantee, { id: "second", namespace: "urn:zulu", steps: [] });
      const run = await scenario.start({ handlers: [first, second], maxBatch: 5 });
      // The first topic is never through before the gate is open.
      await run.next("effect", of(300, "second"));
      await run.release("g");
      await run.next("effect", of(299, "first"));
      await run.stop();
      mustBeCalled(scenario, { second: "300" }, "PRC-009");
      await scenario.look("the run was ended", { settled: true });
      scenario.judge();
    },
  }),
];
