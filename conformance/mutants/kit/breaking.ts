import type { Mutant } from "../../src/mutation/mutant.js";

/** Mutants that break one requirement, by what they do wrong. */
export function breaking(
  requirement: string,
  ways: { readonly [what: string]: Mutant["mutate"] },
): readonly Mutant[] {
  return Object.entries(ways).map(([what, mutate]) => ({ requirement, what, mutate }));
}
