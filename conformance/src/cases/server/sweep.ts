import fc from "fast-check";
import { COMMITS, type RequestKind } from "../../faults/faults.js";
import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase, BoundContext } from "../case.js";
import { NotFired } from "../failure.js";
import { MAIN, processing } from "../processing/define.js";
import { add, emit, fail, type GuaranteeName, handler, only } from "../scenario/handlers.js";
import type { Plan } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { SERVED } from "../store/define.js";

/** Of a process that is killed while it joins nobody can say that it is dead: its group waits for it that long. */
const LEASE_MS = 3000;
const ALL: readonly RequestKind[] = ["startup", ...COMMITS, "statement"];
const BATCH = 3;
/** One fault for so many of `runs`. */
const SHARE = 10;

/** Faults anywhere on the way to the server. */
export const sweepCases: readonly BoundCase[] = [
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

/** A service meets a fault at requests of which a clean run makes as many. */
async function sweep(context: BoundContext, guarantee: GuaranteeName): Promise<void> {
  const { faults, seed, runs } = context;
  const scenario = await Scenario.begin(context, { leaseMs: LEASE_MS });
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
