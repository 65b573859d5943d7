import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { mustBeRefused } from "../scenario/command.js";
import { add, effect, emit, fail, gate, HANG, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { running } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { processing, REPEATING } from "./define.js";
import { isEmitted } from "./emitted.js";
import { mustStop } from "./stopped.js";

/** What becomes of a record whose handler fails. */
export const failureCases: readonly BoundCase[] = [
  ...processing({
    name: "stop",
    title:
      "where no policy is set, the group stops at a record whose handler fails, and does not acknowledge it",
    guarantees: REPEATING,
    requirements: ["PRC-029", "PRC-013"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(5, (n) => (n === 2 ? { flags: ["fails"] } : {})));
      const failing = handler(guarantee, { steps: [only("fails", fail()), emit("Of-h")] });
      await mustStop(context, await scenario.start({ handlers: [failing] }), "HANDLER_FAILED", "PRC-029");
      const look = await scenario.look("the run ended", { settled: true });
      scenario.judge();
      const acknowledged = look.snapshot.cursors[0]?.acknowledged ?? 0;
      if (acknowledged === 2) return;
      throw new Failure("WRONG-POSITION", "the group is not at the record that failed", {
        requirement: acknowledged > 2 ? "PRC-029" : "PRC-013",
        expected: "2 records acknowledged",
        actual: String(acknowledged),
      });
    },
  }),
  ...processing({
    name: "stop",
    title: "where no policy is set, the group stops behind the batch in which a handler fails",
    guarantees: ["amo"],
    requirements: ["PRC-027", "PRC-051"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(6, (n) => (n === 1 ? { flags: ["fails"] } : {})));
      const failing = handler(guarantee, { steps: [only("fails", fail()), emit("Of-h")] });
      await mustStop(context, await scenario.start({ handlers: [failing], maxBatch: 3 }), "HANDLER_FAILED");
      await scenario.look("the run ended", { settled: true });
      scenario.judge();
    },
  }),
  ...processing({
    name: "retry",
    title: "a delivery is tried again as often as the policy says, and no more",
    guarantees: REPEATING,
    requirements: ["PRC-030", "PRC-029"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4, (n) => ({ flags: [["fine", "twice", "fine", "always"][n] ?? ""] })));
      const steps = [only("twice", fail(2)), only("always", fail()), emit("Of-h")];
      const failing = handler(guarantee, { steps, retries: 3 });
      await mustStop(context, await scenario.start({ handlers: [failing] }), "HANDLER_FAILED", "PRC-029");
      await scenario.look("the run ended", { settled: true });
      scenario.judge();
      mustBeTried(scenario, { 0: 1, 1: 3, 2: 1, 3: 4 });
    },
  }),
  ...processing({
    name: "retry-refused",
    title: "an at-most-once handler that is to be tried again is refused",
    guarantees: ["amo"],
    requirements: ["PRC-028"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const handlers = [handler(guarantee, { retries: 1 })];
      await mustBeRefused(await scenario.opened(), running(handlers), "INVALID_ARGUMENT", {
        requirement: "PRC-028",
      });
    },
  }),
  ...processing({
    name: "skip",
    title: "a record that is skipped is acknowledged, leaves nothing, and those behind it are handled",
    requirements: (guarantee) => (guarantee === "amo" ? ["PRC-027"] : ["PRC-031", "PRC-019"]),
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(6, (n) => (n % 2 === 1 ? { flags: ["fails"] } : {})));
      const steps = [emit("Of-h"), only("fails", fail())];
      await scenario.runToEnd({ handlers: [handler(guarantee, { steps, onError: Policy.SKIP })] });
      scenario.judge({ progress: "PRC-031" });
    },
  }),
  ...processing({
    name: "fails-after-its-first-output",
    title: "a handler that fails after its first output leaves neither output nor state",
    guarantees: ["eos"],
    requirements: ["PRC-019"],
    capabilities: ["state"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(6, (n) => ({ flags: [["fine", "once", "always"][n % 3] ?? ""] })));
      const steps = [
        emit("First"),
        add(1),
        only("once", fail(1)),
        only("always", fail()),
        emit("Second"),
        add(10),
      ];
      const failing = handler(guarantee, { steps, retries: 1, onError: Policy.DEAD_LETTER });
      await scenario.runToEnd({ handlers: [failing] });
      scenario.judge({ "exactly-once": "PRC-019", state: "PRC-019" });
    },
  }),
  ...processing({
    name: "time-limit",
    title:
      "a handler that takes longer than its time limit has failed, and nothing takes effect of what it does then",
    requirements: ["PRC-032"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3, (n) => (n === 1 ? { flags: ["late"] } : {})));
      const steps = [only("late", gate("g")), only("late", emit("Late")), effect("went on"), emit("Of-h")];
      // To the checker, the handler of the record that is late never ends.
      const late = handler(guarantee, { steps, timeoutMs: 200, onError: Policy.DEAD_LETTER });
      const run = await scenario.start({ handlers: [late] });
      await run.next("gate");
      await run.next("effect", of(2));
      await run.release("g");
      await run.stop();
      if (await isEmitted(context, "Late")) {
        throw new Failure("ORPHAN-OUTPUT", "a handler that had failed emitted something that is there", {
          requirement: "PRC-032",
        });
      }
      const letters = await context.oracle.records("orders-dead-letters");
      if (letters.length === 1) return;
      throw new Failure("LOST", "the record whose handler was late is no dead letter", {
        requirement: "PRC-032",
        actual: `${letters.length} dead letters`,
      });
    },
  }),
  ...processing({
    name: "hangs",
    title: "a handler that never ends fails at its time limit, and the records behind it are handled",
    requirements: ["PRC-032"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4, (n) => (n === 1 ? { flags: ["hangs"] } : {})));
      const steps = [only("hangs", HANG), emit("Of-h")];
      const hanging = handler(guarantee, { steps, timeoutMs: 100, onError: Policy.DEAD_LETTER });
      await scenario.runToEnd({ handlers: [hanging] });
      scenario.judge({ progress: "PRC-032" });
    },
  }),
];

/** Checks how many times records were tried. */
function mustBeTried(scenario: Scenario, expected: { readonly [n: number]: number }): void {
  const calls = scenario.calls();
  for (const [n, times] of Object.entries(expected)) {
    const actual = calls.filter((call) => call === n).length;
    if (actual === times) continue;
    throw new Failure(
      actual > times ? "DUPLICATE" : "LOST",
      `record ${n} was not tried as often as it must be`,
      {
        requirement: "PRC-030",
        expected: `${times} times`,
        actual: `${actual} times`,
      },
    );
  }
}
