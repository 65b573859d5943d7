import { COMMITS } from "../../faults/faults.js";
import type { BoundCase, BoundContext } from "../case.js";
import { NotFired } from "../failure.js";
import { MAIN, processing } from "../processing/define.js";
import { mustEnd } from "../processing/stopped.js";
import type { Blame } from "../scenario/blame.js";
import { add, emit, type GuaranteeName, gate, handler, only, type StepInit } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import type { Plan } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { until } from "../scenario/until.js";
import { RUNS, SERVED, store } from "../store/define.js";

const TOPIC = "source-events";
const BATCH = 3;

/** Transactions of claims whose connection breaks. */
export const commitCases: readonly BoundCase[] = [
  ...(["before", "after"] as const).map((moment) =>
    store({
      name: `commit.cut-${moment}`,
      title:
        moment === "before"
          ? "a transaction whose commit never reached the server left nothing, and is done again"
          : "a transaction whose answer was lost is found out to be there, and is not done again",
      requirements: ["STO-028", "STO-029"],
      bindings: SERVED,
      needs: ["proxy"],
      capabilities: [...RUNS, "state"],
      run: (context) => cutCommit(context, "eos", moment, [add(1), emit("Of-h")]),
    }),
  ),
  ...(["before", "after"] as const).flatMap((moment) =>
    processing({
      name: `commit-cut-${moment}`,
      title:
        moment === "before"
          ? "the guarantee holds where a commit never reached the server"
          : "the guarantee holds where the answer to a commit was lost",
      guarantees: ["alo", "amo"],
      requirements: (guarantee) => [MAIN[guarantee], guarantee === "amo" ? "PRC-026" : "PRC-033"],
      bindings: SERVED,
      needs: ["proxy"],
      run: (context, guarantee) =>
        // What an at-most-once handler emits may be of unknown outcome, which ends the run.
        cutCommit(context, guarantee, moment, guarantee === "amo" ? [] : [emit("Of-h")]),
    }),
  ),
  ...(["before", "after"] as const).flatMap((moment) =>
    processing({
      name: `ends-at-a-commit-cut-${moment}`,
      title: "a run ends when it is asked to, also while nobody can find out what became of a commit",
      guarantees: ["eos"],
      requirements: ["PRC-048", MAIN.eos],
      bindings: SERVED,
      needs: ["proxy"],
      run: (context) => endInDoubt(context, moment),
    }),
  ),
  store({
    name: "commit.killed",
    title:
      "a transaction is there whole or not at all, wherever the process is killed among the commits of a batch",
    requirements: ["STO-028"],
    bindings: SERVED,
    needs: ["proxy"],
    capabilities: RUNS,
    run: (context) => killAtCommits(context, "eos", { "exactly-once": "STO-028" }),
  }),
  ...processing({
    name: "killed-at-commits",
    title: "the guarantee holds wherever the process is killed among the commits of a batch",
    guarantees: ["alo", "eos"],
    requirements: (guarantee) => [MAIN[guarantee]],
    bindings: SERVED,
    needs: ["proxy"],
    run: killAtCommits,
  }),
];

/** Cuts the connection at the commit of a batch. */
async function cutCommit(
  context: BoundContext,
  guarantee: GuaranteeName,
  moment: "before" | "after",
  steps: readonly StepInit[],
): Promise<void> {
  const scenario = await Scenario.begin(context);
  const isAmo = guarantee === "amo";
  await scenario.write(ticks(isAmo ? 8 : 4, (n) => ({ flags: n === 3 ? ["waits"] : [] })));
  const plan: Plan = {
    handlers: [handler(guarantee, { steps: [only("waits", gate("g")), ...steps] })],
    maxBatch: 4,
  };
  const run = await scenario.start({ ...plan, untilEnd: true });
  await run.next("gate", of(3));
  // What comes next is the commit of this batch; at most once, that of the next one, for this is committed.
  const fault = context.faults.arm({ kinds: COMMITS, nth: 1, moment, action: "hold" });
  await run.release("g");
  await fault.fired(run.ended());
  const before = isAmo ? 4 : 0;
  const isDone = ((await context.oracle.acknowledged("orders", TOPIC, 0)) ?? 0) > before;
  const outputs = await context.oracle.records("orders-events");
  // At least once, outputs come in a transaction of their own.
  const isThere = guarantee === "alo" ? outputs.length > 0 : isDone;
  if (isThere !== (moment === "after")) throw new NotFired("it was not the commit of the batch that was met");
  fault.cut();
  await scenario.endInOrder(run);
  await scenario.look(`the connection was cut ${moment} the commit`, { settled: true });
  scenario.judge({ "exactly-once": "STO-029", state: "STO-029", "at-most-once": "PRC-026" });
}

/** Asks a run to end whose commit was cut off, while the server cannot be reached. */
async function endInDoubt(context: BoundContext, moment: "before" | "after"): Promise<void> {
  const { faults } = context;
  const scenario = await Scenario.begin(context);
  await scenario.write(ticks(BATCH, (n) => ({ flags: n === BATCH - 1 ? ["waits"] : [] })));
  const plan: Plan = {
    handlers: [handler("eos", { steps: [only("waits", gate("g")), emit("Of-h")] })],
    maxBatch: BATCH,
  };
  const run = await scenario.start(plan);
  await run.next("gate");
  const fault = faults.arm({ kinds: COMMITS, nth: 1, moment, action: "hold" });
  await run.release("g");
  await fault.fired(run.ended());
  faults.refuse(true);
  const { refused } = faults;
  fault.cut();
  await until("the process misses the store", async () => faults.refused > refused + 1);
  mustEnd(await run.stop());
  faults.refuse(false);
  await scenario.look(`the connection was cut ${moment} the commit, and the run ended`);
  await scenario.runToEnd(plan, { open: ["g"] });
  scenario.judge();
}

/** Kills the process at each of the commits that follow the last handler of a batch, whatever each is for. */
async function killAtCommits(
  context: BoundContext,
  guarantee: GuaranteeName,
  blame: Blame = {},
): Promise<void> {
  const scenario = await Scenario.begin(context);
  const plan: Plan = {
    handlers: [handler(guarantee, { steps: [only("waits", gate("g")), emit("Of-h")] })],
    maxBatch: BATCH,
  };
  let written = 0;
  for (const nth of [1, 2, 3]) {
    for (const moment of ["before", "after"] as const) {
      const all = ticks(written + BATCH, (n) => ({ flags: n % BATCH === BATCH - 1 ? ["waits"] : [] }));
      await scenario.write(all.slice(written));
      written = all.length;
      const run = await scenario.start({ ...plan, untilEnd: true });
      await run.next("gate", of(written - 1));
      const fault = context.faults.arm({ kinds: COMMITS, nth, moment, action: "hold" });
      await run.release("g");
      const fired = await fault.fired(run.ended()).then(
        () => true,
        (error) => {
          if (nth > 1 && error instanceof NotFired) return false;
          throw error;
        },
      );
      if (!fired) fault.cancel();
      await scenario.kill(`${moment} commit ${nth}`);
      await scenario.behind((door) => door.expireMembers("orders"));
      await scenario.runToEnd(plan, { open: ["g"] });
      scenario.judge(blame);
    }
  }
}
