import type { Case } from "../cases/case.js";
import { casesByRequirement } from "../cases/registry.js";
import { find } from "../runner/find.js";
import type { Finding } from "../runner/result.js";
import { seedOf } from "../runner/seed.js";
import { InProcessTestee } from "./in-process-testee.js";
import type { Ask, Mutant } from "./mutant.js";

/** What is hunted, and how. */
export interface HuntOptions {
  readonly mutants: readonly Mutant[];
  readonly cases: readonly Case[];
  /** The implementation that the mutants are made of. */
  readonly original: Ask;
  readonly seed: number;
  /** How many times each property is tried. */
  readonly runs: number;
  /** Hears of each mutant when its fate is known. */
  readonly observe: (fate: Fate, done: number, total: number) => void;
}

/** What became of a mutant. */
export interface Fate {
  readonly mutant: Mutant;
  /** The case that it fails, with its requirement; undefined if it passes them all. */
  readonly killedBy?: Case;
  readonly finding?: Finding;
  /** How many cases of its requirement there are. */
  readonly cases: number;
  /** Cases that reached no verdict, with the reason. */
  readonly stumbled: ReadonlyMap<Case, string>;
}

/** What came of a hunt. */
export interface HuntResult {
  readonly fates: readonly Fate[];
  /** Cases that the unchanged implementation does not pass; what they kill proves nothing. */
  readonly broken: ReadonlyMap<Case, Finding>;
  readonly durationMs: number;
}

/** Has each mutant face the cases of its requirement, the fast ones first, until one kills it. */
export async function hunt(options: HuntOptions): Promise<HuntResult> {
  const started = performance.now();
  const { mutants, cases, original, observe } = options;
  const byRequirement = casesByRequirement(cases);
  const needed = new Set(mutants.flatMap(({ requirement }) => byRequirement.get(requirement) ?? []));
  const { broken, durations } = await control([...needed], original, options);
  const fates: Fate[] = [];
  for (const mutant of mutants) {
    const own = (byRequirement.get(mutant.requirement) ?? [])
      .filter((one) => !broken.has(one))
      .sort((one, other) => (durations.get(one) ?? 0) - (durations.get(other) ?? 0));
    const fate = await face(mutant, own, options);
    fates.push(fate);
    observe(fate, fates.length, mutants.length);
  }
  return { fates, broken, durationMs: performance.now() - started };
}

/** Runs the cases against the implementation itself, which must pass them. */
async function control(
  cases: readonly Case[],
  original: Ask,
  options: HuntOptions,
): Promise<{ broken: Map<Case, Finding>; durations: Map<Case, number> }> {
  const testee = new InProcessTestee(original);
  const [broken, durations] = [new Map<Case, Finding>(), new Map<Case, number>()];
  for (const one of cases) {
    const started = performance.now();
    const finding = await examine(one, testee, options);
    durations.set(one, performance.now() - started);
    if (finding.verdict !== "PASS") broken.set(one, finding);
  }
  return { broken, durations };
}

async function face(mutant: Mutant, cases: readonly Case[], options: HuntOptions): Promise<Fate> {
  const testee = new InProcessTestee((command) => mutant.mutate(command, options.original));
  const stumbled = new Map<Case, string>();
  const fate = { mutant, cases: cases.length, stumbled };
  for (const one of cases) {
    const finding = await examine(one, testee, options);
    const { verdict, requirement = mutant.requirement } = finding;
    if (verdict === "FAIL" && requirement === mutant.requirement) {
      return { ...fate, killedBy: one, finding };
    }
    if (verdict === "INCONCLUSIVE") stumbled.set(one, finding.message ?? "");
  }
  return fate;
}

async function examine(one: Case, testee: InProcessTestee, { seed, runs }: HuntOptions): Promise<Finding> {
  if (one.bindings !== undefined) return { verdict: "SKIPPED" };
  const signal = new AbortController().signal;
  return find(one, testee, { seed: seedOf(seed, one.id), runs, signal, progress: () => {} });
}
