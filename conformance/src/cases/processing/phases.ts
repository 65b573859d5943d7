import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { add, effect, emit, fail, gate, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { stored, tick, ticks } from "../scenario/ticks.js";
import { DURABLE } from "../store/define.js";
import { mustBeCalled } from "./called.js";
import { MAIN, processing, REPEATING } from "./define.js";

/** When what is acknowledged, and what is open meanwhile. */
export const phaseCases: readonly BoundCase[] = [
  ...processing({
    name: "acknowledged-when",
    title: "while a handler has a record, it is acknowledged if it is handled at most once, and else not",
    requirements: (guarantee) => [MAIN[guarantee]],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const steps = [emit("Of-h"), gate("g"), emit("Late")];
      const run = await scenario.start({ handlers: [handler(guarantee, { steps })] });
      await run.next("gate");
      await scenario.look("the handler waits at its gate");
      scenario.judge();
      const look = scenario.history().looks.at(-1);
      const acknowledged = look?.snapshot.cursors[0]?.acknowledged ?? 0;
      if (guarantee === "amo" ? acknowledged > 0 : acknowledged === 0) return;
      const anomaly = guarantee === "amo" ? "EARLY-START" : "EARLY-ACKNOWLEDGEMENT";
      const message =
        guarantee === "amo" ? "the record is not acknowledged yet" : "the record is acknowledged already";
      throw new Failure(anomaly, message, { requirement: MAIN[guarantee], actual: String(acknowledged) });
    },
  }),
  ...processing({
    name: "no-open-transaction",
    title: "while a handler waits that has emitted, others can append to the same topic",
    requirements: ["PRC-012"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(2));
      const steps = [emit("Of-h"), gate("g")];
      const run = await scenario.start({ handlers: [handler(guarantee, { steps })] });
      await run.next("gate");
      await scenario.writeBytes([{ ...stored(tick(100)), topic: "orders-events" }]);
      await run.release("g");
      await run.next("effect", of(1));
      await scenario.stop(run);
      scenario.judge();
    },
  }),
  ...processing({
    name: "those-before-are-committed",
    title: "what comes before a record that fails is committed before the record is tried again",
    guarantees: REPEATING,
    requirements: ["PRC-013"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(5, (n) => (n === 3 ? { flags: ["fails"] } : {})));
      const steps = [only("fails", fail(1)), only("fails", gate("g")), emit("Of-h")];
      const run = await scenario.start({ handlers: [handler(guarantee, { steps, retries: 1 })] });
      await run.next("gate");
      const look = await scenario.look("the record that failed is tried again");
      scenario.judge();
      const acknowledged = look.snapshot.cursors[0]?.acknowledged ?? 0;
      if (acknowledged === 3) return;
      throw new Failure("PARTIAL-TRANSACTION", "the records before the one that failed are not committed", {
        requirement: "PRC-013",
        expected: "3 records acknowledged",
        actual: String(acknowledged),
      });
    },
  }),
  ...processing({
    name: "finished-once",
    title:
      "an at-least-once handler that has finished a record does not run again because another one is tried again",
    guarantees: ["alo"],
    requirements: ["PRC-015"],
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4, (n) => (n === 1 ? { flags: ["fails"] } : {})));
      const failing = { steps: [only("fails", fail(2)), effect("passed")], retries: 3 };
      const handlers = [
        handler("alo", { id: "finishes" }),
        handler("alo", { id: "again", ...failing }),
        handler("eos", { id: "once", ...failing }),
      ];
      await scenario.runToEnd({ handlers });
      scenario.judge();
      mustBeCalled(scenario, { finishes: "0 1 2 3" }, "PRC-015");
    },
  }),
  ...processing({
    name: "state-within-a-batch",
    title: "a handler sees the state as the records before have left it, those of its own batch included",
    guarantees: ["eos"],
    requirements: ["PRC-020", "PRC-018"],
    capabilities: ["state"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      await scenario.write(ticks(24, (n) => ({ key: `k${n % 3}` })));
      await scenario.runToEnd({ handlers: [handler(guarantee, { steps: [add(1), add(2), emit("Of-h")] })] });
      scenario.judge({ state: "PRC-020" });
    },
  }),
  ...processing({
    name: "state-of-the-batch-before",
    title: "a handler sees the state as the batch before leaves it, committed or on its way",
    guarantees: ["eos"],
    requirements: ["PRC-020"],
    capabilities: ["state"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(24, (n) => ({ key: `k${n % 3}` })));
      await scenario.runToEnd({
        handlers: [handler(guarantee, { steps: [add(), emit("Of-h")] })],
        maxBatch: 4,
      });
      scenario.judge({ state: "PRC-020" });
    },
  }),
  ...processing({
    name: "killed-at-a-gate",
    title: "a process is killed while a handler has a record, and the next one goes on as the guarantee says",
    requirements: (guarantee) => [MAIN[guarantee], "PRC-026", "STO-028"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      await scenario.write(ticks(8, (n) => ({ key: `k${n % 2}`, ...(n === 4 ? { flags: ["waits"] } : {}) })));
      const steps = [emit("Of-h"), only("waits", gate("g")), emit("Late")];
      const plan = { handlers: [handler(guarantee, { steps })], maxBatch: 3 };
      const run = await scenario.start(plan);
      await run.next("gate", of(4));
      await scenario.kill("while it had record 4");
      await scenario.runToEnd(plan, { open: ["g"] });
      scenario.judge();
      if (guarantee !== "amo") scenario.witnessRedelivery(4);
    },
  }),
];
