import fc from "fast-check";
import { type Handler, Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase, BoundContext } from "../case.js";
import { emit, fail, type GuaranteeName, handler, only, type StepInit, sleep } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { tick } from "../scenario/ticks.js";
import { DURABLE } from "../store/define.js";
import { processing } from "./define.js";

const NAMES: readonly GuaranteeName[] = ["alo", "amo", "eos"];
const FLAGS = ["once", "always", "slow"] as const;

/** A service with some handlers, and rounds of records in each of which something happens to it. */
interface Workload {
  readonly handlers: readonly {
    readonly guarantee: number;
    readonly group: number;
    readonly policy: number;
  }[];
  readonly partitions: number;
  readonly maxBatch: number;
  readonly rounds: readonly Round[];
}

interface Round {
  /** A key and perhaps a flag for each record. */
  readonly records: readonly { readonly key: number; readonly flag: number }[];
  readonly fault: "none" | "kill" | "kill-late" | "stop";
  /** At which of the records. */
  readonly at: number;
}

const workload: fc.Arbitrary<Workload> = fc.record({
  handlers: fc.array(fc.record({ guarantee: fc.nat(2), group: fc.nat(2), policy: fc.nat(1) }), {
    minLength: 2,
    maxLength: 5,
  }),
  partitions: fc.integer({ min: 1, max: 3 }),
  maxBatch: fc.constantFrom(1, 2, 5, 20),
  rounds: fc.array(
    fc.record({
      records: fc.array(fc.record({ key: fc.nat(3), flag: fc.nat(8) }), { minLength: 1, maxLength: 12 }),
      fault: fc.constantFrom("none" as const, "kill" as const, "kill-late" as const, "stop" as const),
      at: fc.nat(11),
    }),
    { minLength: 3, maxLength: 3 },
  ),
});

/** Services of all sorts with faults of all sorts. */
export const workloadCases: readonly BoundCase[] = processing({
  name: "workload",
  title:
    "services of several groups and guarantees, with errors, retries, states and kills at random, keep them all",
  guarantees: ["eos"],
  requirements: [
    "PRC-011",
    "PRC-014",
    "PRC-016",
    "PRC-018",
    "PRC-025",
    "PRC-026",
    "PRC-027",
    "PRC-037",
    "STO-028",
  ],
  bindings: DURABLE,
  capabilities: NAMES.map((name) => `guarantee.${name}`),
  async run(context) {
    const [plan] = fc.sample(workload, { seed: context.seed, numRuns: 1 });
    if (plan) await runWorkload(context, plan);
  },
});

async function runWorkload(
  context: BoundContext,
  { partitions, maxBatch, ...rest }: Workload,
): Promise<void> {
  const hasState = context.testee.capabilities.has("state");
  const scenario = await Scenario.begin(context, { partitions, leaseMs: 1000 });
  const handlers = rest.handlers.map((one, i) => handlerOf(one, i, hasState));
  const plan = { handlers, maxBatch, crashLimit: 1000 };
  const rounds = repeated(rest.rounds, Math.max(1, Math.round(context.runs / 50)));
  let n = 0;
  for (const [i, { records, fault, at }] of rounds.entries()) {
    const first = n;
    const ticks = records.map(({ key, flag }) => {
      const flags = FLAGS[flag] === undefined ? [] : [FLAGS[flag]];
      return tick(n++, { key: `k${key}`, flags });
    });
    await scenario.write(ticks);
    if (fault !== "none") {
      const run = await scenario.start(plan);
      const [one] = handlers;
      // Whatever the first handler does with it: it is called.
      await run.next("invoked", of(first + (at % ticks.length), one?.id));
      if (fault === "kill-late") await new Promise((resolve) => setImmediate(resolve));
      if (fault === "stop") await run.stop();
      else await scenario.kill(`at record ${first + (at % ticks.length)}`);
    }
    await scenario.runToEnd(plan);
    context.progress(i + 1, rounds.length);
  }
  scenario.judge();
}

function handlerOf(
  { guarantee, group, policy }: Workload["handlers"][number],
  i: number,
  hasState: boolean,
): Handler {
  const name = NAMES[guarantee] ?? "eos";
  const id = `h${i}`;
  const steps: StepInit[] = [
    emit(`First-${id}`),
    only("slow", sleep(3)),
    ...(name === "amo" ? [] : [only("once", fail(1))]),
    only("always", fail()),
    ...(name === "eos" && hasState
      ? [{ step: { case: "addState", value: { state: `sum${i}`, delta: 1n } } } as const]
      : []),
    emit(`Second-${id}`, { times: 2 }),
  ];
  return handler(name, {
    id,
    group: `g${group}`,
    steps,
    onError: policy === 0 ? Policy.SKIP : Policy.DEAD_LETTER,
    ...(name === "amo" ? {} : { retries: 1 }),
  });
}

function repeated<T>(items: readonly T[], times: number): readonly T[] {
  return Array.from({ length: times }, () => items).flat();
}
