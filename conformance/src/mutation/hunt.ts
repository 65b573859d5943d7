import type { Case } from "../cases/case.js";
import { casesByRequirement } from "../cases/registry.js";
import type { Finding } from "../runner/result.js";
import type { Arena, Examine } from "./arena.js";
import type { Broken } from "./mutant.js";
import { pool } from "./pool.js";

/** What is hunted, and how. */
export interface HuntOptions<M extends Broken> {
  readonly mutants: readonly M[];
  readonly cases: readonly Case[];
  readonly arena: Arena<M>;
  /** How many cases run at the same time. */
  readonly parallel: number;
  /** Hears of each mutant when its fate is known. */
  readonly observe: (fate: Fate, done: number, total: number) => void;
}

/** What became of a mutant. */
export interface Fate {
  readonly mutant: Broken;
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
export async function hunt<M extends Broken>(options: HuntOptions<M>): Promise<HuntResult> {
  const started = performance.now();
  const { mutants, cases, arena, parallel, observe } = options;
  const byRequirement = casesByRequirement(cases);
  const needed = new Set(mutants.flatMap(({ requirement }) => byRequirement.get(requirement) ?? []));
  const { broken, durations } = await control([...needed], arena.original, parallel);
  let done = 0;
  const fates = await pool(mutants, parallel, async (mutant) => {
    const own = (byRequirement.get(mutant.requirement) ?? [])
      .filter((one) => durations.has(one))
      .sort((one, other) => (durations.get(one) ?? 0) - (durations.get(other) ?? 0));
    const fate = await face(mutant, own, arena.against(mutant));
    observe(fate, ++done, mutants.length);
    return fate;
  });
  return { fates, broken, durationMs: performance.now() - started };
}

/** What came of several hunts together. */
export function together(results: readonly HuntResult[]): HuntResult {
  return {
    fates: results.flatMap(({ fates }) => fates),
    broken: new Map(results.flatMap(({ broken }) => [...broken])),
    durationMs: results.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
}

/** Runs the cases against the implementation itself, which must pass them. */
async function control(
  cases: readonly Case[],
  examine: Examine,
  parallel: number,
): Promise<{ broken: Map<Case, Finding>; durations: Map<Case, number> }> {
  const [broken, durations] = [new Map<Case, Finding>(), new Map<Case, number>()];
  await pool(cases, parallel, async (one) => {
    const started = performance.now();
    const finding = await examine(one);
    // What cannot run here shows nothing here.
    if (finding.verdict === "PASS") durations.set(one, performance.now() - started);
    else if (finding.verdict !== "SKIPPED") broken.set(one, finding);
  });
  return { broken, durations };
}

async function face(mutant: Broken, cases: readonly Case[], examine: Examine): Promise<Fate> {
  const stumbled = new Map<Case, string>();
  const fate = { mutant, cases: cases.length, stumbled };
  for (const one of cases) {
    const finding = await examine(one);
    const { verdict, requirement = mutant.requirement } = finding;
    if (verdict === "FAIL" && requirement === mutant.requirement) {
      return { ...fate, killedBy: one, finding };
    }
    if (verdict === "INCONCLUSIVE" || verdict === "ADAPTER_ERROR") stumbled.set(one, finding.message ?? "");
  }
  return fate;
}
