import type { BindingName } from "../../src/cases/binding.js";
import type { ProcessMutant } from "../../src/mutation/mutant.js";
import type { MutateParts } from "./parts.js";

/** A mutant of stores or processing: the testee of the SDK with other parts. */
export interface StoreMutant extends ProcessMutant {
  readonly mutate: MutateParts;
}

/** Mutants of one requirement, by what they do wrong; hunted on SQLite unless it says otherwise. */
export function misprocessing(
  requirement: string,
  mutants: { readonly [what: string]: MutateParts },
  binding: BindingName = "sqlite",
): readonly StoreMutant[] {
  return Object.entries(mutants).map(([what, mutate]) => ({
    requirement,
    what,
    name: `${requirement}-${what.replace(/[^A-Za-z0-9]+/g, "-")}`,
    binding,
    mutate,
  }));
}
