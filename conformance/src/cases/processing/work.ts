import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase } from "../case.js";
import { emit, fail, gate, handler, only, type StepInit } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import type { Plan } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks, uuidOf } from "../scenario/ticks.js";
import { mustBe } from "../store/compare.js";
import { SQL } from "../store/define.js";
import { processing } from "./define.js";

/** What services do in databases of their users. */
export const workCases: readonly BoundCase[] = [
  ...processing({
    name: "work",
    title:
      "what a handler does in the transaction of the store is there once for each record, however it ends",
    guarantees: ["eos"],
    requirements: ["PRC-024", "PRC-018"],
    bindings: SQL,
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
