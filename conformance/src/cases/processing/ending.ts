import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { emit, fail, gate, HANG, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { processing, REPEATING } from "./define.js";
import { mustEnd, mustStop } from "./stopped.js";

/** How runs end. */
export const endingCases: readonly BoundCase[] = [
  ...processing({
    name: "empty-topic",
    title: "a run to the end of topics that hold nothing ends, and the next one handles what came since",
    requirements: ["PRC-050"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { partitions: 3 });
      await scenario.runToEnd({ handlers: [handler(guarantee)] });
      await scenario.opened();
      await scenario.write(ticks(20));
      await scenario.runToEnd({ handlers: [handler(guarantee)] });
      scenario.judge();
    },
  }),
  ...processing({
    name: "ends-while-idle",
    title: "a run ends when it is asked to, also where nothing arrives and where nothing ever did",
    requirements: ["PRC-048"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      const plan = { handlers: [handler(guarantee)] };
      const idle = await scenario.start(plan);
      mustEnd(await idle.stop());
      const busy = await scenario.start(plan);
      await scenario.write(ticks(3));
      await busy.next("effect", of(2));
      mustEnd(await busy.stop());
      await scenario.look("the run was ended", { settled: true });
      scenario.judge();
    },
  }),
  ...processing({
    name: "ends-in-order",
    title: "a run that is asked to end finishes what it has begun, commits it, and begins nothing more",
    requirements: ["PRC-047"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(9, (n) => (n === 1 ? { flags: ["waits"] } : {})));
      const plan = {
        handlers: [handler(guarantee, { steps: [only("waits", gate("g")), emit("Of-h")] })],
        maxBatch: 3,
      };
      const run = await scenario.start(plan);
      await run.next("gate");
      const ended = run.stop();
      await run.release("g");
      mustEnd(await ended);
      const called = scenario.calls("h", run).map(Number);
      // What is handled at most once was acknowledged by then, with its batch.
      const last = guarantee === "amo" ? 2 : 1;
      if (Math.max(...called) > last) {
        throw new Failure("DUPLICATE", `a handler was called for a record behind record ${last}`, {
          requirement: "PRC-047",
          actual: called.join(" "),
        });
      }
      const { snapshot } = await scenario.look("the run was ended");
      mustHaveAcknowledged(snapshot.cursors[0]?.acknowledged ?? 0, 2);
      await scenario.runToEnd(plan, { open: ["g"] });
      scenario.judge({ turn: "PRC-047" });
    },
  }),
  ...processing({
    name: "told-of-the-end",
    title: "a handler that waits without end is told that the run is to end, and its record comes again",
    guarantees: REPEATING,
    requirements: ["PRC-049", "PRC-047"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3, (n) => (n === 1 ? { flags: ["hangs"] } : {})));
      const steps = [only("hangs", HANG), emit("Of-h")];
      const run = await scenario.start({ handlers: [handler(guarantee, { steps })] });
      await run.next("invoked", of(1));
      mustEnd(await run.stop());
      await scenario.look("the run was ended");
      scenario.judge({ stop: "PRC-049" });
      // The same handler without the step that waits.
      await scenario.complete({
        handlers: [handler(guarantee, { steps: [emit("Of-h")] })],
      });
      await scenario.look("the second run ended", { settled: true });
      scenario.judge({ progress: "PRC-049" });
    },
  }),
  ...processing({
    name: "ends-with-its-error",
    title: "a run ends with the error of a group that stopped, when the other groups have ended",
    requirements: ["PRC-051"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4));
      const failing = handler(guarantee, { id: "fails", group: "fails", steps: [fail()] });
      const waiting = handler(guarantee, {
        id: "waits",
        group: "waits",
        steps: [gate("g"), emit("Of-waits")],
      });
      const run = await scenario.start({ handlers: [failing, waiting], untilEnd: true });
      const stopped = await run.next("groupStopped");
      await run.next("gate", of(0, "waits"));
      if (stopped.group !== "fails" || !run.isActive) {
        throw new Failure("STALLED", "a group that stopped ended the run of another group", {
          requirement: "PRC-051",
          actual: stopped.group,
        });
      }
      await run.release("g");
      await mustStop(context, run, "HANDLER_FAILED");
      await scenario.look("the run ended", { settled: true });
      scenario.judge();
    },
  }),
];

function mustHaveAcknowledged(acknowledged: number, count: number): void {
  if (acknowledged >= count) return;
  throw new Failure("LOST", "a run that has ended in order has not committed what it finished", {
    requirement: "PRC-047",
    expected: `at least ${count} records are acknowledged`,
    actual: String(acknowledged),
  });
}
