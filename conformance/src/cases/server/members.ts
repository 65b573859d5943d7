import type { BoundCase } from "../case.js";
import { allAcknowledged } from "../scenario/all-acknowledged.js";
import { gate, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import type { Plan } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { type TickChanges, ticks } from "../scenario/ticks.js";
import { until } from "../scenario/until.js";
import { mustBe } from "../store/compare.js";
import { RUNS, SERVED, store } from "../store/define.js";
import type { Run } from "../testee.js";

const LEASE_MS = 1000;
/** Nobody loses partitions who is merely slow because of all the others. */
const PATIENT_LEASE_MS = 4000;
const TOPIC = "source-events";

/** Several members of one group: processes that come, leave and die. */
export const memberCases: readonly BoundCase[] = [
  store({
    name: "claim.alone",
    title: "of two members of a group, one at a time has a partition",
    requirements: ["STO-023"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 4 });
      await scenario.write(ticks(200, spread));
      const plan: Plan = { handlers: [handler("eos")], maxBatch: 10, untilEnd: true };
      const other = SERVED.includes(context.binding.name) ? await scenario.another() : context.testee;
      const runs = [await scenario.start(plan), await scenario.start(plan, other)];
      for (const run of runs) await scenario.endInOrder(run);
      await scenario.look("both runs ended", { settled: true });
      scenario.judge({ "exactly-once": "STO-023" });
      const calls = scenario.calls();
      const expected = ticks(200).map((_, n) => String(n));
      mustBe(calls.toSorted(byNumber), expected, "what the two were given");
    },
  }),
  store({
    name: "claim.takeover",
    title: "the partitions of a process that is not heard of any more are taken over",
    requirements: ["STO-024"],
    bindings: SERVED,
    needs: ["processes"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 4, leaseMs: LEASE_MS });
      await scenario.write(ticks(20, (n) => ({ ...spread(n), flags: n < 12 ? [] : ["waits"] })));
      const plan: Plan = { handlers: [handler("eos", { steps: [only("waits", gate("g"))] })], maxBatch: 2 };
      const run = await scenario.start(plan);
      await run.next("gate");
      const other = await scenario.another();
      const second = await scenario.start(plan, other);
      await second.release("g");
      await scenario.kill("with a claim and a record in hand");
      await allAcknowledged(scenario, TOPIC, 4);
      await second.stop();
      await scenario.look("the other process has ended in order", { settled: true });
      scenario.judge({ progress: "STO-024" });
    },
  }),
  store({
    name: "claim.slow-handler",
    title: "a member that is alive keeps its partition however long its handler takes",
    requirements: ["STO-025"],
    bindings: SERVED,
    needs: ["processes"],
    capabilities: RUNS,
    async run(context) {
      const leaseMs = 2000;
      const scenario = await Scenario.begin(context, { leaseMs });
      await scenario.write(ticks(2));
      const plan: Plan = { handlers: [handler("eos", { steps: [gate("g")] })] };
      const run = await scenario.start(plan);
      await run.next("gate", of(0));
      const second = await scenario.start(plan, await scenario.another());
      const end = performance.now() + 1.5 * leaseMs;
      await until("time passes", async () => performance.now() > end);
      mustBe(scenario.calls("h", second), [], "what the other process was given meanwhile");
      await run.release("g");
      await run.next("effect", of(1));
      await run.stop();
      await second.stop();
      await scenario.look("both have ended", { settled: true });
      scenario.judge({ progress: "STO-025" });
    },
  }),
  store({
    name: "claim.share",
    title: "partitions are shared out evenly, to members that come later too",
    requirements: ["STO-027"],
    bindings: SERVED,
    needs: ["processes"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 12, leaseMs: LEASE_MS });
      const plan: Plan = { handlers: [handler("eos")], maxBatch: 5 };
      const testees = await Promise.all([context.testee, scenario.another(), scenario.another()]);
      const runs: Run[] = [];
      for (const testee of testees) runs.push(await scenario.start(plan, testee));
      await evenly(scenario, 3);
      await scenario.write(ticks(120, spread));
      runs.push(await scenario.start(plan, await scenario.another()));
      await evenly(scenario, 4);
      await allAcknowledged(scenario, TOPIC, 12);
      for (const run of runs) await run.stop();
      await scenario.look("all have ended in order", { settled: true });
      scenario.judge();
    },
  }),
  store({
    name: "claim.come-and-go",
    title: "100 partitions, and processes that come, leave and die while there is ever more to do",
    requirements: ["STO-023", "STO-024", "STO-026"],
    bindings: SERVED,
    needs: ["processes"],
    capabilities: RUNS,
    async run(context) {
      const partitions = 100;
      const scenario = await Scenario.begin(context, { partitions, leaseMs: PATIENT_LEASE_MS });
      // Whoever is slow loses what it has in hand, again and again: that is no record that crashes.
      const crashLimit = 1000;
      const plan: Plan = { handlers: [handler("eos"), handler("alo", { id: "a" })], maxBatch: 3, crashLimit };
      const all = ticks(600, spread);
      const write = async (from: number): Promise<void> => {
        await scenario.write(all.slice(from, from + 150));
      };
      await write(0);
      const one = await scenario.start(plan);
      const [second, third] = await Promise.all([scenario.another(), scenario.another()]);
      await one.next("effect");
      const two = await scenario.start(plan, second);
      await write(150);
      await two.next("effect");
      const three = await scenario.start(plan, third);
      await write(300);
      await three.next("effect");
      const left = one.stop();
      await write(450);
      await scenario.kill("in the midst of its work", second);
      await left;
      const again = await scenario.start(plan);
      await allAcknowledged(scenario, TOPIC, partitions);
      await Promise.all([three.stop(), again.stop()]);
      await scenario.look("all have ended", { settled: true });
      scenario.judge();
    },
  }),
];

function spread(n: number): TickChanges {
  return { key: `k${n % 251}` };
}

function byNumber(one: string, other: string): number {
  return Number(one) - Number(other);
}

/** Waits until each of so many members has as many partitions as the others, one more or less. */
async function evenly({ context }: Scenario, members: number): Promise<void> {
  await until(`${members} members have about as many partitions each`, async () => {
    const owners = await context.backdoor.owners("orders", TOPIC);
    const counts = new Map<string, number>();
    for (const owner of owners) if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    const some = [...counts.values()];
    const all = some.reduce((sum, count) => sum + count, 0);
    return all === owners.length && some.length === members && Math.max(...some) - Math.min(...some) <= 1;
  });
}
