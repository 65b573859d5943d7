import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { emit, fail, gate, handler, only, type StepInit } from "../scenario/handlers.js";
import { of, type Plan, Scenario } from "../scenario/scenario.js";
import { ticks, uuidOf } from "../scenario/ticks.js";
import { mustBe } from "../store/compare.js";
import { DURABLE, processing } from "./define.js";
import { mustStop } from "./stopped.js";

/** What services do with databases that are changed behind their back, and in databases of their users. */
export const sqlCases: readonly BoundCase[] = [
  ...processing({
    name: "position-lost",
    title: "a group whose next record was erased stops, and goes on nowhere else",
    requirements: ["PRC-034"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const plan: Plan = { handlers: [handler(guarantee)] };
      await scenario.write(ticks(2));
      await scenario.runToEnd(plan);
      await scenario.write(ticks(8).slice(2));
      await scenario.change("UPDATE eventy_head SET begin_offset = 5 WHERE end_offset = 8");
      await scenario.change(
        `DELETE FROM eventy_record WHERE record_offset < 5
         AND topic_id = (SELECT topic_id FROM eventy_topic WHERE name = 'source-events')`,
      );
      await mustStop(context, await scenario.start(plan), "POSITION_LOST", "PRC-034");
      mustBe(scenario.calls(), ["0", "1"], "what was handled", { requirement: "PRC-034" });
      const cursor = await context.oracle.acknowledged("orders", "source-events", 0);
      if (cursor === 2) return;
      throw new Failure("WRONG-POSITION", "the cursor of a group was moved whose next record is lost", {
        requirement: "PRC-034",
        expected: "2",
        actual: String(cursor),
      });
    },
  }),
  ...processing({
    name: "work",
    title:
      "what a handler does in the transaction of the store is there once for each record, however it ends",
    guarantees: ["eos"],
    requirements: ["PRC-024", "PRC-018"],
    bindings: DURABLE,
    capabilities: ["work"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.change("CREATE TABLE handled (uuid TEXT NOT NULL)");
      const flags = ["", "", "waits", "", "fails", ""];
      await scenario.write(ticks(6, (n) => ({ flags: [flags[n] ?? ""] })));
      const steps = [WORK, only("fails", fail()), emit("Of-h"), only("waits", gate("g"))];
      const plan: Plan = { handlers: [handler(guarantee, { steps, onError: Policy.SKIP })], maxBatch: 3 };
      const handled = async (): Promise<readonly string[]> => {
        const rows = await context.database.run("SELECT uuid FROM handled ORDER BY uuid");
        return rows.map(({ uuid }) => String(uuid));
      };
      const run = await scenario.start(plan);
      await run.next("gate", of(2));
      await scenario.kill("after a handler had asked for work in its transaction");
      const before = await context.oracle.acknowledged("orders", "source-events", 0);
      mustBe(await handled(), ticks(before ?? 0).map(uuidAt), "what is committed", {
        requirement: "PRC-024",
      });
      await scenario.change("UPDATE eventy_member SET expires_at = 0");
      await scenario.runToEnd(plan, { open: ["g"] });
      scenario.judge({ "exactly-once": "PRC-024" });
      scenario.witnessRedelivery(2);
      await scenario.kill("after it had ended");
      const expected = [0, 1, 2, 3, 5].map(uuidOf);
      mustBe(await handled(), expected, "what is committed", { requirement: "PRC-024" });
    },
  }),
];

/** A statement in the transaction of the store. */
const WORK: StepInit = { step: { case: "work", value: "INSERT INTO handled VALUES ($uuid)" } };

function uuidAt(_: unknown, n: number): string {
  return uuidOf(n);
}
