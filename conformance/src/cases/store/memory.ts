import type { BoundCase } from "../case.js";
import { createTopic, read, write } from "../scenario/command.js";
import { handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { mustBe, note, notes, numbered, offsetsOf, textsOf } from "./compare.js";
import { RUNS, store } from "./define.js";
import { opened, reopened } from "./opened.js";

/** What only the store in memory does. */
export const memoryCases: readonly BoundCase[] = [
  store({
    name: "memory.empty",
    title: "a memory store is empty when its process begins",
    requirements: ["MEM-001"],
    bindings: ["memory"],
    async run(context) {
      await write(await opened(context, { notes: 1 }), [note("notes", "a")]);
      const testee = await reopened(context);
      await createTopic(testee, "notes", 2);
      mustBe(textsOf(await read(testee, { topic: "notes" })), [], "the topic");
    },
  }),
  store({
    name: "memory.keeps",
    title: "a memory store keeps what it has, whatever runs in it begin and end",
    requirements: ["MEM-002"],
    bindings: ["memory"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const plan = { handlers: [handler("eos")] };
      await scenario.runToEnd(plan);
      await scenario.runToEnd(plan);
      scenario.judge({ "exactly-once": "MEM-002" });
      mustBe(scenario.calls(), ["0", "1", "2"], "what was handled", { requirement: "MEM-002" });
    },
  }),
  store({
    name: "memory.gapless",
    title: "a memory store counts offsets from 0, without gaps",
    requirements: ["MEM-003"],
    bindings: ["memory"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      for (let i = 0; i < 5; i++) await write(testee, notes("notes", numbered("a", 4, i * 4)));
      const offsets = offsetsOf(await read(testee, { topic: "notes" }));
      mustBe(offsets, numbered("", 20), "the offsets");
    },
  }),
];
