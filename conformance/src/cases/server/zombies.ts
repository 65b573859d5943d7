import { lineageOf } from "../../checker/index.js";
import type { BoundCase, BoundContext } from "../case.js";
import { Failure, NotFired } from "../failure.js";
import { processing, REPEATING } from "../processing/define.js";
import { emit, type GuaranteeName, gate, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import type { Plan } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { kept } from "../scenario/snapshot.js";
import { tick, ticks } from "../scenario/ticks.js";
import { until } from "../scenario/until.js";
import { RUNS, SERVED, store } from "../store/define.js";
import type { Run } from "../testee.js";
import { STOPS, type Stop } from "./stops.js";

const LEASE_MS = 1000;
const TOPIC = "source-events";

/** Duels: a process is stopped, another one takes over and finishes, and the first goes on. */
export const zombieCases: readonly BoundCase[] = [
  ...processing({
    name: "zombie",
    title: "nothing is written by a process that goes on after another one has taken its partition over",
    guarantees: REPEATING,
    requirements: (guarantee) => ["STO-026", "PRC-035", guarantee === "alo" ? "PRC-017" : "PRC-018"],
    bindings: SERVED,
    needs: ["processes"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: LEASE_MS });
      await scenario.write(ticks(5, waitsAt(2)));
      const plan = waiting(guarantee);
      const first = await scenario.start(plan);
      await first.next("gate", of(2));
      scenario.pause();
      const second = await scenario.start(plan, await scenario.another());
      await second.next("gate", of(2));
      await second.release("g");
      await acknowledged(scenario, 5);
      await scenario.look("the other process has handled everything");
      scenario.judge(BLAME);
      const outputs = (await context.oracle.records("orders-events")).length;
      scenario.resume();
      await first.release("g");
      await goesOnAlone(scenario, first, second, 5);
      const more = (await context.oracle.records("orders-events")).length - outputs;
      scenario.judge(BLAME);
      if (more === 1) return;
      throw new Failure("ZOMBIE-COMMIT", "a process wrote after another one had taken its partition over", {
        requirement: guarantee === "alo" ? "PRC-017" : "STO-026",
        expected: "1 more output",
        actual: `${more} more outputs`,
      });
    },
  }),
  ...processing({
    name: "zombie",
    title: "outputs of a process that goes on after another one has taken its partition over are dropped",
    guarantees: ["amo"],
    requirements: ["STO-026", "PRC-026", "PRC-035"],
    bindings: SERVED,
    needs: ["processes"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: LEASE_MS });
      await scenario.write(ticks(3, waitsAt(2)));
      const plan = waiting(guarantee);
      const first = await scenario.start(plan);
      await first.next("gate", of(2));
      scenario.pause();
      const other = await scenario.another();
      const second = await scenario.start(plan, other);
      await scenario.writeBy(other, [tick(3)]);
      await second.next("effect", of(3));
      scenario.resume();
      await first.release("g");
      await goesOnAlone(scenario, first, second, 4);
      scenario.judge(BLAME);
      const outputs = await context.oracle.records("orders-events");
      const late = outputs.map(kept).filter(({ record }) => record && lineageOf(record) === "2");
      if (late.length === 0) return;
      throw new Failure("ZOMBIE-COMMIT", "a process wrote after another one had taken its partition over", {
        requirement: "STO-026",
      });
    },
  }),
  ...STOPS.map((stop) =>
    store({
      name: stop.name,
      title: stop.title,
      requirements: stop.requirements,
      bindings: stop.bindings,
      needs: ["processes", "proxy"],
      capabilities: RUNS,
      run: (context) => stopAt(context, stop),
    }),
  ),
];

const BLAME = { "exactly-once": "STO-026", order: "STO-026", "at-most-once": "PRC-026" } as const;

function waitsAt(n: number): (m: number) => { readonly flags: readonly string[] } {
  return (m) => ({ flags: m === n ? ["waits"] : [] });
}

/** A handler that waits before it emits. */
function waiting(guarantee: GuaranteeName): Plan {
  return { handlers: [handler(guarantee, { steps: [only("waits", gate("g")), emit("Of-h")] })] };
}

async function acknowledged({ context }: Scenario, offset: number, requirement = "STO-024"): Promise<void> {
  await until(
    `the group has acknowledged ${offset} records`,
    async () => (await context.oracle.acknowledged("orders", TOPIC, 0)) === offset,
    requirement,
  );
}

/** The second process ends, and the first one handles what comes then: it lives, and all that it had to write is written. */
async function goesOnAlone(scenario: Scenario, first: Run, second: Run, n: number): Promise<void> {
  await second.stop();
  await scenario.write([tick(n)]);
  await first.next("effect", of(n));
  await first.stop();
  await scenario.look("the first process went on, and ended in order", { settled: true });
}

/** A process is stopped in the transaction of a batch, and goes on when another one has handled everything. */
async function stopAt(context: BoundContext, stop: Stop): Promise<void> {
  const { faults, oracle, backdoor } = context;
  const scenario = await Scenario.begin(context, { leaseMs: LEASE_MS });
  await scenario.write(ticks(3, waitsAt(2)));
  const plan = waiting("eos");
  const first = await scenario.start(plan);
  await first.next("gate", of(2));
  const fault = faults.arm({ ...stop.plan, nth: 1, action: "hold" });
  await first.release("g");
  await fault.fired(first.ended());
  scenario.pause();
  const isDone = (await oracle.acknowledged("orders", TOPIC, 0)) === 3;
  // Of requests that are sent side by side, the others may have arrived or not.
  const isOpen = !stop.isOpen || (await backdoor.isOpen("orders-events", 0));
  if (isDone !== stop.isDone || !isOpen)
    throw new NotFired("what stands still is not the transaction of the batch");
  const other = await scenario.another();
  const second = await scenario.start(plan, other);
  await second.release("g");
  await acknowledged(scenario, 3, stop.isDone ? "STO-029" : stop.requirements[0]);
  await scenario.writeBy(other, [tick(3)]);
  await acknowledged(scenario, 4, "STO-024");
  fault.proceed();
  scenario.resume();
  await goesOnAlone(scenario, first, second, 4);
  scenario.judge(BLAME);
}
