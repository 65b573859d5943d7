import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { allAcknowledged } from "../scenario/all-acknowledged.js";
import { CRASH, emit, gate, handler, only, sleep } from "../scenario/handlers.js";
import { readLetters } from "../scenario/letters.js";
import { of } from "../scenario/of.js";
import type { Plan } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { DURABLE, SERVED } from "../store/define.js";
import { processing, REPEATING } from "./define.js";

/** How often a process may end before a case gives up: the limit, and the attempts with others. */
const PATIENCE = 12;

/** Records that end the process. */
export const crashCases: readonly BoundCase[] = [
  ...processing({
    name: "record-that-crashes",
    title:
      "a record that ends the process each time becomes a dead letter at the limit, counted across processes",
    guarantees: REPEATING,
    requirements: ["PRC-040", "PRC-041", "PRC-042"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      await scenario.write(ticks(8, (n) => (n === 4 ? { flags: ["kills"] } : {})));
      const plan = {
        handlers: [handler(guarantee, { steps: [only("kills", CRASH), emit("Of-h")] })],
        crashLimit: 2,
      };
      const crashes = await runUntilDone(scenario, plan);
      scenario.judge({ progress: "PRC-040", "dead-letter": "PRC-040" });
      const [letter, ...more] = await readLetters(context);
      const isRight = letter?.origin.offset === 4 && letter.handler === undefined && more.length === 0;
      // Once with others, and as often as the limit says alone.
      if (isRight && crashes === 3 && letter.attempts === 2) return;
      throw new Failure("WRONG-VALUE", "the record that ends the process is not given up as it must be", {
        requirement: isRight ? "PRC-040" : "PRC-042",
        expected:
          "3 ends of the process, and one dead letter of offset 4, without a handler, after 2 attempts",
        actual: `${crashes} ends; ${letter?.origin.offset} ${letter?.handler ?? ""} after ${letter?.attempts} attempts`,
      });
    },
  }),
  ...processing({
    name: "first-record-crashes",
    title: "the first record of a partition ends the process each time, and those behind it are handled",
    guarantees: REPEATING,
    requirements: ["PRC-040", "PRC-041"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      await scenario.write(ticks(5, (n) => (n === 0 ? { flags: ["kills"] } : {})));
      const plan = {
        handlers: [handler(guarantee, { steps: [only("kills", CRASH), emit("Of-h")] })],
        crashLimit: 1,
      };
      await runUntilDone(scenario, plan);
      scenario.judge({ progress: "PRC-040", "dead-letter": "PRC-040" });
    },
  }),
  ...processing({
    name: "crash-at-most-once",
    title: "a record that ends the process when it is handled at most once does so once",
    guarantees: ["amo"],
    requirements: ["PRC-026"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      await scenario.write(ticks(6, (n) => (n === 2 ? { flags: ["kills"] } : {})));
      const plan = {
        handlers: [handler(guarantee, { steps: [only("kills", CRASH), emit("Of-h")] })],
        maxBatch: 2,
      };
      const crashes = await runUntilDone(scenario, plan);
      scenario.judge();
      if (crashes === 1) return;
      throw new Failure("DUPLICATE", "the record ended the process again", {
        requirement: "PRC-026",
        actual: `${crashes} times`,
      });
    },
  }),
  ...processing({
    name: "killed-for-other-reasons",
    title:
      "records of a batch that was in hand when the process was killed are no dead letters, however often that was",
    guarantees: REPEATING,
    requirements: ["PRC-042"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      await scenario.write(ticks(6, (n) => (n === 0 ? {} : { flags: [`waits${n}`] })));
      const gates = [1, 2, 3, 4].map((n) => only(`waits${n}`, gate(`g${n}`)));
      const plan = { handlers: [handler(guarantee, { steps: [...gates, emit("Of-h")] })], crashLimit: 2 };
      // Each time another record is in hand, so none has ended the process twice.
      for (const n of [1, 2, 3, 4]) {
        const run = await scenario.start(plan);
        for (let open = 1; open < n; open++) await run.release(`g${open}`);
        await run.next("gate", of(n));
        await scenario.kill(`while it had record ${n}`);
      }
      await scenario.runToEnd(plan, { open: ["g1", "g2", "g3", "g4"] });
      scenario.judge({ "dead-letter": "PRC-042" });
      scenario.witnessRedelivery(4);
    },
  }),
  ...processing({
    name: "ended-in-order",
    title: "attempts in which the process ended in order are not counted",
    guarantees: REPEATING,
    requirements: ["PRC-043"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      const plan = {
        handlers: [handler(guarantee, { steps: [gate("g"), sleep(1), emit("Of-h")] })],
        crashLimit: 1,
      };
      // One at a time, so that there is nothing behind it in its batch.
      for (let i = 0; i < 3; i++) {
        await scenario.write(ticks(i + 1).slice(i));
        const run = await scenario.start(plan);
        await run.next("gate", of(i));
        const ended = run.stop();
        await run.release("g");
        await ended;
        await context.testee.restart();
      }
      await scenario.write(ticks(4).slice(3));
      await scenario.runToEnd(plan, { open: ["g"] });
      scenario.judge({ "dead-letter": "PRC-043" });
    },
  }),
  ...processing({
    name: "lost-again-and-again",
    title: "attempts in which the process lost the partition, and lives, are not counted",
    guarantees: REPEATING,
    requirements: ["PRC-043"],
    bindings: SERVED,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(2, (n) => (n === 0 ? { flags: ["waits"] } : {})));
      const steps = [only("waits", gate("g")), emit("Of-h")];
      const run = await scenario.start({ handlers: [handler(guarantee, { steps })], crashLimit: 1 });
      // With others, and twice alone.
      for (let time = 0; time < 3; time++) {
        await run.next("gate", of(0));
        await context.backdoor.fence("orders", "source-events", 0);
        await run.release("g", { once: true });
      }
      await run.next("gate", of(0));
      await run.release("g");
      await allAcknowledged(scenario, "source-events", 1);
      await run.stop();
      await scenario.look("the process had lost the partition three times, and the run ended", {
        settled: true,
      });
      scenario.judge({ "dead-letter": "PRC-043", progress: "PRC-043" });
    },
  }),
];

/** Starts the service again each time that its process ended, until it comes to the end; says how often that was. */
async function runUntilDone(scenario: Scenario, plan: Plan): Promise<number> {
  for (let crashes = 0; crashes < PATIENCE; crashes++) {
    const run = await scenario.start({ ...plan, untilEnd: true });
    const end = await run.ended();
    if (end.case === "done") {
      await scenario.look("the run to the end of the topics ended", { settled: true });
      return crashes;
    }
    if (end.case === "fatal") {
      throw new Failure("STALLED", "the run ended with an error", {
        requirement: "PRC-040",
        actual: end.value.message,
      });
    }
    await scenario.died();
  }
  throw new Failure("STALLED", "a record ends the process without end", { requirement: "PRC-040" });
}
