import type { BoundCase } from "../case.js";
import { acknowledged } from "../scenario/command.js";
import { CURRENT, from } from "../scenario/cursors.js";
import { add, emit, gate, handler, sleep } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { tick, ticks } from "../scenario/ticks.js";
import { until } from "../scenario/until.js";
import { mustBe } from "./compare.js";
import { DURABLE, RUNS, store } from "./define.js";

/** Cursors and states of groups. */
export const groupCases: readonly BoundCase[] = [
  store({
    name: "group.start",
    title: "where a group begins counts once: from then on it goes on at its cursor",
    requirements: ["STO-019", "STO-014"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const [one, two, three] = ["one", "two", "three"].map((group) => handler("eos", { id: group, group }));
      if (!one || !two || !three) return;
      await scenario.complete({ handlers: [one], start: from(1) });
      await scenario.complete({ handlers: [two], start: CURRENT });
      await scenario.complete({ handlers: [three] });
      await scenario.write(ticks(5).slice(3));
      const started = [
        { handlers: [one], start: from(0) },
        { handlers: [two], start: CURRENT },
        { handlers: [three], start: from(1) },
      ];
      for (const plan of started) await scenario.complete(plan);
      mustBe(scenario.calls("one"), ["1", "2", "3", "4"], "what the group handled that began at offset 1");
      mustBe(scenario.calls("two"), ["3", "4"], "what the group handled that began at the end");
      mustBe(
        scenario.calls("three"),
        ["0", "1", "2", "3", "4"],
        "what the group handled that began at the beginning",
      );
    },
  }),
  store({
    name: "group.start-durable",
    title: "where a group begins is durable with its first claim",
    requirements: ["STO-020"],
    bindings: DURABLE,
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      await scenario.write(ticks(3));
      await scenario.start({ handlers: [handler("eos")], start: CURRENT });
      const testee = await scenario.opened();
      await until(
        "the group has a claim",
        async () => (await acknowledged(testee, "orders", "source-events")) !== undefined,
      );
      await scenario.kill("before it had handled anything");
      await scenario.write(ticks(5).slice(3));
      await scenario.complete({ handlers: [handler("eos")], start: CURRENT });
      mustBe(scenario.calls("h"), ["3", "4"], "what the group handled");
    },
  }),
  store({
    name: "group.acknowledged",
    title:
      "a group's cursor is nothing before its first claim, and then the offset behind what it has handled",
    requirements: ["STO-021"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const testee = await scenario.opened();
      const cursor = async () => String(await acknowledged(testee, "orders", "source-events"));
      mustBe([await cursor()], ["undefined"], "the cursor of a group that never began");
      await scenario.complete({ handlers: [handler("eos")] });
      mustBe([await cursor()], ["3"], "the cursor of a group that has handled three records");
      await scenario.look("the run ended", { settled: true });
      scenario.judge();
      await scenario.opened();
      mustBe([await cursor()], ["3"], "the cursor of a group that has handled three records");
    },
  }),
  store({
    name: "group.apart",
    title: "each group has cursors of its own",
    requirements: ["STO-022"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      await scenario.write(ticks(6, (n) => ({ key: `k${n}` })));
      const [one, two] = ["one", "two"].map((group) => handler("eos", { id: group, group }));
      if (!one || !two) return;
      await scenario.runToEnd({ handlers: [one] });
      await scenario.write(ticks(8, (n) => ({ key: `k${n}` })).slice(6));
      await scenario.runToEnd({ handlers: [one, two] });
      scenario.judge({ "exactly-once": "STO-022", progress: "STO-022" });
    },
  }),
  store({
    name: "claim.two-runs",
    title: "of two runs of one group in one process, each partition is handled by one",
    requirements: ["STO-023"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 4 });
      await scenario.write(ticks(60, (n) => ({ key: `k${n}` })));
      const slow = handler("eos", { steps: [sleep(1), emit("Of-h")] });
      const plan = { handlers: [slow], maxBatch: 4, untilEnd: true };
      const runs = [await scenario.start(plan), await scenario.start(plan)];
      await Promise.all(runs.map((run) => scenario.endInOrder(run)));
      await scenario.look("both runs ended", { settled: true });
      scenario.judge();
      const calls = scenario.calls();
      mustBe(calls, [...new Set(calls)], "what was handled");
    },
  }),
  store({
    name: "state.apart",
    title: "states are kept apart by group, partition and key",
    requirements: ["STO-030"],
    capabilities: [...RUNS, "state"],
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 2, others: ["urn:zulu"] });
      await scenario.write([
        ...ticks(12, (n) => ({ key: `k${n % 4}` })),
        ...ticks(18, (n) => ({ key: `k${n % 4}`, namespace: "urn:zulu", source: "urn:zulu" })).slice(12),
      ]);
      const handlers = [
        handler("eos", { id: "a", group: "a", steps: [add(1), emit("Of-a")] }),
        handler("eos", { id: "b", group: "b", steps: [add(100), emit("Of-b")] }),
        handler("eos", { id: "z", group: "a", namespace: "urn:zulu", steps: [add(10_000), emit("Of-z")] }),
      ];
      await scenario.runToEnd({ handlers });
      scenario.judge({ state: "STO-030" });
    },
  }),
  store({
    name: "state.committed",
    title: "a change of a state is seen when its transaction is committed, and not before",
    requirements: ["STO-031"],
    bindings: DURABLE,
    capabilities: [...RUNS, "state"],
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write([tick(0)]);
      const plan = { handlers: [handler("eos", { steps: [add(5), emit("Of-h"), gate("g")] })] };
      const run = await scenario.start(plan);
      await run.next("gate", of(0));
      await scenario.look("the handler has changed a state and waits");
      scenario.judge({ state: "STO-031", "exactly-once": "STO-011" });
      if (run.isActive) {
        await run.release("g");
        await run.stop();
      }
      await scenario.runToEnd(plan, { open: ["g"] });
      scenario.judge({ state: "STO-031" });
    },
  }),
];
