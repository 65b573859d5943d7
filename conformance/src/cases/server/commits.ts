import fc from "fast-check";
import type { RequestKind } from "../../faults/faults.js";
import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase, BoundContext } from "../case.js";
import { NotFired } from "../failure.js";
import { MAIN, processing } from "../processing/define.js";
import type { Blame } from "../scenario/blame.js";
import {
  add,
  emit,
  fail,
  type GuaranteeName,
  gate,
  handler,
  only,
  type StepInit,
} from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { type Plan, Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { RUNS, SERVED, store } from "../store/define.js";

const COMMITS: readonly RequestKind[] = ["commit", "autocommit"];
const ALL: readonly RequestKind[] = ["startup", ...COMMITS, "statement"];
const TOPIC = "source-events";
const BATCH = 3;
/** One fault for so many of `runs`. */
const SHARE = 10;

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
  ...processing({
    name: "wire-sweep",
    title:
      "the guarantee holds wherever a connection breaks or the process is killed on its way to the server",
    requirements: (guarantee) => [
      MAIN[guarantee],
      "STO-028",
      ...(guarantee === "amo" ? ["PRC-026"] : ["PRC-033", "PRC-037"]),
    ],
    bindings: SERVED,
    needs: ["proxy"],
    run: sweep,
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

/** A service meets a fault at requests of which a clean run makes as many. */
async function sweep(context: BoundContext, guarantee: GuaranteeName): Promise<void> {
  const { faults, seed, runs } = context;
  const scenario = await Scenario.begin(context);
  const plan = sweptPlan(guarantee, context.testee.capabilities);
  let written = 0;
  const writeMore = async (): Promise<void> => {
    const all = ticks(written + BATCH + 1, (n) => ({ flags: n % BATCH === 1 ? ["fails"] : [] }));
    await scenario.write(all.slice(written));
    written = all.length;
  };
  const requests = (counted: readonly RequestKind[]): number =>
    faults.requests.filter(({ kinds }) => kinds.some((kind) => counted.includes(kind))).length;

  await writeMore();
  const before = [ALL, COMMITS].map(requests);
  await scenario.runToEnd(plan);
  const points = [ALL, COMMITS].map((kinds, i) => requests(kinds) - (before[i] ?? 0));
  scenario.judge();

  const wanted = Math.ceil(runs / SHARE);
  // Commits are few among all that is asked, and decide most.
  const meeting = fc.oneof(
    ...[ALL, COMMITS].map((kinds, i) =>
      fc.record({
        kinds: fc.constant(kinds),
        nth: fc.integer({ min: 1, max: Math.max(1, points[i] ?? 1) }),
        moment: fc.constantFrom("before" as const, "after" as const),
        kills: fc.boolean(),
      }),
    ),
  );
  let fired = 0;
  for (const [done, chosen] of fc.sample(meeting, { numRuns: wanted, seed }).entries()) {
    context.progress(done, wanted);
    await writeMore();
    if (await meets(scenario, plan, chosen)) fired += 1;
    scenario.judge();
  }
  if (fired === 0) throw new NotFired(`none of ${wanted} faults fired`);
}

/** What is swept: some records fail and become dead letters, where that is as sure as the rest. */
function sweptPlan(guarantee: GuaranteeName, capabilities: ReadonlySet<string>): Plan {
  // What an at-most-once handler emits may be of unknown outcome, which ends the run.
  if (guarantee === "amo") return { handlers: [handler(guarantee, { steps: [] })], maxBatch: BATCH };
  const sum = guarantee === "eos" && capabilities.has("state") ? [add(1)] : [];
  const steps = [...sum, emit("Of-h"), only("fails", fail())];
  return { handlers: [handler(guarantee, { steps, onError: Policy.DEAD_LETTER })], maxBatch: BATCH };
}

interface Chosen {
  readonly kinds: readonly RequestKind[];
  readonly nth: number;
  readonly moment: "before" | "after";
  /** Whether the process is killed there; otherwise the connection is cut. */
  readonly kills: boolean;
}

/** Runs a service that meets a fault, and says whether it did. */
async function meets(
  scenario: Scenario,
  plan: Plan,
  { kinds, nth, moment, kills }: Chosen,
): Promise<boolean> {
  const { faults } = scenario.context;
  const fault = faults.arm({ kinds, nth, moment, action: kills ? "hold" : "cut" });
  const starting = scenario.start({ ...plan, untilEnd: true });
  const ended = starting.then((run) => run.ended());
  ended.catch(() => {});
  const where = `${moment} request ${nth}`;
  try {
    await fault.fired(ended);
  } catch (error) {
    if (!(error instanceof NotFired)) throw error;
    fault.cancel();
  }
  if (fault.hasFired && kills) {
    await scenario.kill(where);
    // Its lease has run out.
    await scenario.behind((door) => door.expireMembers("orders"));
    await scenario.runToEnd(plan);
  } else {
    const run = await starting;
    const end = await ended;
    // Who cannot even begin may say so.
    const hasBegun = run.events.some((event) => event.case === "invoked");
    if (end.case === "fatal" && !hasBegun) {
      // Nor may it know that it is a member.
      await scenario.behind((door) => door.expireMembers("orders"));
      await scenario.runToEnd(plan);
    } else await scenario.endInOrder(run);
    await scenario.look(`the connection was cut ${where}, and the run ended`, { settled: true });
  }
  return fault.hasFired;
}
