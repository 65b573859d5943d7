import { Policy } from "../../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase } from "../../case.js";
import { read } from "../../scenario/command.js";
import { fail, handler } from "../../scenario/handlers.js";
import { Scenario } from "../../scenario/scenario.js";
import { ticks } from "../../scenario/ticks.js";
import { mustBe, offsetsOf } from "../compare.js";
import { RUNS, SQL, store } from "../define.js";

/** Offsets that hold no records. */
export const gapCases: readonly BoundCase[] = [
  store({
    name: "read.gap",
    title: "offsets without a record are passed over, also the last ones, and a run to the end ends",
    requirements: ["STO-013", "PRC-050"],
    bindings: SQL,
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(8));
      await scenario.change("DELETE FROM eventy_record WHERE record_offset IN (0, 3, 4, 7)");
      const testee = await scenario.opened();
      const offsets = offsetsOf(await read(testee, { topic: "source-events" }));
      mustBe(offsets, ["1", "2", "5", "6"], "the topic", { requirement: "STO-013" });
      await scenario.complete({ handlers: [handler("eos")], maxBatch: 2 });
      mustBe(scenario.calls(), ["1", "2", "5", "6"], "what was handled", { requirement: "PRC-050" });
    },
  }),
  store({
    name: "replay.gap",
    title: "a replay ends although the last dead letters were removed",
    requirements: ["PRC-050"],
    bindings: SQL,
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const onError = Policy.DEAD_LETTER;
      await scenario.runToEnd({ handlers: [handler("eos", { steps: [fail()], onError })] });
      await scenario.change("DELETE FROM eventy_record WHERE record_offset = 2");
      const replay = await scenario.start({ handlers: [handler("eos")], replay: true });
      await scenario.endInOrder(replay);
      mustBe(scenario.calls("h", replay), ["0", "1"], "what was replayed", { requirement: "PRC-050" });
    },
  }),
];
