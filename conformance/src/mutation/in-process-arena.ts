import { find } from "../runner/find.js";
import { seedOf } from "../runner/seed.js";
import type { Arena, Examine, Trials } from "./arena.js";
import { InProcessTestee } from "./in-process-testee.js";
import type { Ask, Mutant } from "./mutant.js";

/**
 * Mutants that are functions of this process, for cases without a store.
 *
 * @param original the implementation that they are made of
 */
export function inProcessArena(original: Ask, { seed, runs }: Trials): Arena<Mutant> {
  const { signal } = new AbortController();
  const examine = (ask: Ask): Examine => {
    const testee = new InProcessTestee(ask);
    return async (one) => {
      if (one.bindings !== undefined) return { verdict: "SKIPPED" };
      return find(one, testee, { seed: seedOf(seed, one.id), runs, signal, progress: () => {} });
    };
  };
  return {
    original: examine(original),
    against: (mutant) => examine((command) => mutant.mutate(command, original)),
  };
}
