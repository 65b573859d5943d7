import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { mustBeError, mustBeRefused, read, write, writing } from "../scenario/command.js";
import { handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { mustBe, note, textsOf } from "./compare.js";
import { DURABLE, RUNS, store } from "./define.js";
import { opened, reopened } from "./opened.js";

/** Storage that refuses. */
export const refusedCases: readonly BoundCase[] = [
  store({
    name: "refused.write",
    title: "what the storage refuses is an error, and leaves what was there",
    requirements: ["STO-033"],
    bindings: DURABLE,
    async run(context) {
      const { backdoor } = context;
      let testee = await opened(context, { notes: 1 });
      const first = "a".repeat(100);
      const third = "c".repeat(100);
      await write(testee, [note("notes", first)]);
      await backdoor.refuse("notes", true);
      testee = await reopened(context);
      await mustBeRefused(testee, writing([note("notes", "b".repeat(100))]), "STORE_FAILED");
      mustBe(textsOf(await read(testee, { topic: "notes" })), [first], "what is there");
      await backdoor.refuse("notes", false);
      testee = await reopened(context);
      await write(testee, [note("notes", third)]);
      mustBe(textsOf(await read(testee, { topic: "notes" })), [first, third], "what is there");
    },
  }),
  store({
    name: "refused.run",
    title: "a group stops where the storage refuses what it writes, and goes on there when it can",
    requirements: ["STO-033"],
    bindings: DURABLE,
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4));
      await scenario.behind((door) => door.refuse("orders-events", true));
      const plan = { handlers: [handler("eos")] };
      const end = await (await scenario.start({ ...plan, untilEnd: true })).ended();
      if (end.case !== "fatal")
        throw new Failure("ACCEPTED", "the run did not end with an error", { actual: end.case });
      mustBeError(context.testee, end.value, "STORE_FAILED");
      await scenario.look("the storage refused what the run wrote");
      scenario.judge({ "exactly-once": "STO-033" });
      await scenario.behind((door) => door.refuse("orders-events", false));
      await scenario.runToEnd(plan);
      scenario.judge({ "exactly-once": "STO-033", progress: "STO-033" });
    },
  }),
];
