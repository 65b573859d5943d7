import type { StoreMutant } from "./kit/store-mutant.js";
import { guaranteeMutants } from "./processing/guarantees.js";

/** All mutants of stores and processing. */
export const storeMutants: readonly StoreMutant[] = [...guaranteeMutants];
