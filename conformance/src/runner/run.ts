import type { BindingHost } from "../bindings/host.js";
import { defaultBinding, makeHost } from "../bindings/make-host.js";
import type { BindingName } from "../cases/binding.js";
import type { Case, Profile } from "../cases/case.js";
import type { Started } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { AdapterError } from "../testee/adapter-error.js";
import { type Launch, TesteeProcess } from "../testee/testee-process.js";
import { find } from "./find.js";
import { findOnStore } from "./find-on-store.js";
import { Findings } from "./findings.js";
import type { KnownFailure } from "./known-failing.js";
import type { CaseResult } from "./result.js";
import type { RunBinding } from "./run-binding.js";
import { seedOf } from "./seed.js";

/** What runs, and how. */
export interface RunOptions {
  readonly launch: Launch;
  readonly cases: readonly Case[];
  readonly seed: number;
  /** How many times each property is tried. */
  readonly runs: number;
  /** How many processes of the testee work at the same time. */
  readonly parallel: number;
  /** What cases on stores run on; by default what the testee declares: SQLite, else memory, else PostgreSQL, else Kafka. */
  readonly binding?: BindingName;
  readonly knownFailing: readonly KnownFailure[];
  /** Whether the rest of a profile is left out when one of its smoke cases fails. */
  readonly smoke: boolean;
  readonly signal: AbortSignal;
  readonly observer: RunObserver;
}

/** Hears what happens during a run. */
export interface RunObserver {
  progress(one: Case, done: number, total: number): void;
  finished(result: CaseResult): void;
}

/** What came of a run. */
export interface RunResult {
  /** Who was tested; undefined if the testee never started. */
  readonly identity: Started | undefined;
  /** What cases on stores ran on, if there were any. */
  readonly binding: RunBinding | undefined;
  /** One for each case, in the order of the cases. */
  readonly results: readonly CaseResult[];
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** Runs cases against a testee. Whatever the testee does, each case has a result. */
export async function run(options: RunOptions): Promise<RunResult> {
  const startedAt = new Date();
  const started = performance.now();
  const findings = new Findings(options);
  let testees: readonly TesteeProcess[] = [];
  let host: BindingHost | undefined;
  try {
    testees = await startAll(options.launch, Math.min(options.parallel, options.cases.length));
    host = hostFor(testees, options);
    findings.binding = host?.name;
    await runOn(testees, host, options, findings);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    findings.fillWith({ verdict: "ADAPTER_ERROR", message: error.message });
  } finally {
    await host?.close();
  }
  const identity = testees[0]?.identity;
  const binding = host && { name: host.name, isSelfObserved: host.isSelfObserved };
  const durationMs = performance.now() - started;
  return { identity, binding, results: findings.inOrder(), startedAt, durationMs };
}

function hostFor(
  [testee]: readonly TesteeProcess[],
  { cases, binding }: RunOptions,
): BindingHost | undefined {
  if (testee === undefined || !cases.some(({ bindings }) => bindings !== undefined)) return undefined;
  const name = binding ?? defaultBinding(testee.capabilities);
  return name === undefined ? undefined : makeHost(name);
}

async function runOn(
  testees: readonly TesteeProcess[],
  host: BindingHost | undefined,
  options: RunOptions,
  findings: Findings,
): Promise<void> {
  const { cases, signal } = options;
  const kill = (): void => {
    for (const testee of testees) void testee.destroy();
  };
  if (signal.aborted) kill();
  signal.addEventListener("abort", kill);
  try {
    const broken = new Map<Profile, Case>();
    await share(
      testees,
      cases.filter((one) => one.smoke),
      async (one, testee) => {
        const result = await runCase(one, testee, host, options, findings);
        if (options.smoke && result.verdict !== "PASS" && result.unexpected) broken.set(one.profile, one);
      },
    );
    await share(
      testees,
      cases.filter((one) => !one.smoke),
      async (one, testee) => {
        const smoke = broken.get(one.profile);
        if (smoke !== undefined) {
          const message = `not run: ${smoke.id} failed, a smoke case of its profile`;
          findings.add(one, { verdict: "INCONCLUSIVE", message });
        } else {
          await runCase(one, testee, host, options, findings);
        }
      },
    );
  } finally {
    signal.removeEventListener("abort", kill);
    await Promise.all(testees.map((testee) => testee.stop()));
  }
}

async function runCase(
  one: Case,
  testee: TesteeProcess,
  host: BindingHost | undefined,
  { launch, seed: runSeed, runs, signal, observer }: RunOptions,
  findings: Findings,
): Promise<CaseResult> {
  const started = performance.now();
  const context = {
    seed: seedOf(runSeed, one.id),
    runs,
    signal,
    progress: (done: number, total: number) => observer.progress(one, done, total),
  };
  const { capabilities } = testee;
  const finding =
    one.bindings === undefined
      ? await find(one, testee, context)
      : await findOnStore(one, { host, launch, capabilities }, context);
  return findings.add(one, finding, performance.now() - started);
}

/** Has testees take jobs from one queue until it is empty. */
async function share(
  testees: readonly TesteeProcess[],
  cases: readonly Case[],
  job: (one: Case, testee: TesteeProcess) => Promise<void>,
): Promise<void> {
  const queue = cases.values();
  await Promise.all(
    testees.map(async (testee) => {
      for (const one of queue) await job(one, testee);
    }),
  );
}

async function startAll(launch: Launch, count: number): Promise<readonly TesteeProcess[]> {
  const starts = await Promise.allSettled(Array.from({ length: count }, () => TesteeProcess.start(launch)));
  const failed = starts.find((start) => start.status === "rejected");
  const testees = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  if (failed === undefined) return testees;
  await Promise.all(testees.map((testee) => testee.destroy()));
  throw failed.reason;
}
