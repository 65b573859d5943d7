import type { BindingHost } from "../bindings/host.js";
import { findOnStore } from "../runner/find-on-store.js";
import { seedOf } from "../runner/seed.js";
import { type Launch, TesteeProcess } from "../testee/testee-process.js";
import type { Arena, Examine, Trials } from "./arena.js";
import type { ProcessMutant } from "./mutant.js";

/** How mutants that are processes are hunted. */
export interface ProcessArenaOptions extends Trials {
  /** Where the stores of the cases are made. */
  readonly host: BindingHost;
  /** How a mutant is started; undefined: the implementation that the mutants are made of. */
  launchOf(mutant: ProcessMutant | undefined): Launch;
  readonly signal: AbortSignal;
}

/** Mutants that are processes, for cases on stores. */
export async function processArena(options: ProcessArenaOptions): Promise<Arena<ProcessMutant>> {
  const { host, launchOf, seed, runs, signal } = options;
  const original = await TesteeProcess.start(launchOf(undefined));
  await original.stop();
  // A mutant is no other implementation: what the original declares, it has to do.
  const { capabilities } = original;
  const examine = (launch: Launch): Examine => {
    return async (one) => {
      if (one.bindings === undefined) return { verdict: "SKIPPED" };
      const context = { seed: seedOf(seed, one.id), runs, signal, progress: () => {} };
      return findOnStore(one, { host, launch, capabilities }, context);
    };
  };
  return { original: examine(launchOf(undefined)), against: (mutant) => examine(launchOf(mutant)) };
}
