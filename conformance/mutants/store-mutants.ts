import type { StoreMutant } from "./kit/store-mutant.js";
import { crashMutants } from "./processing/crashes.js";
import { deadLetterMutants } from "./processing/dead-letters.js";
import { deliveryMutants } from "./processing/delivery.js";
import { endingMutants } from "./processing/ending.js";
import { failureMutants } from "./processing/failures.js";
import { guaranteeMutants } from "./processing/guarantees.js";
import { identityMutants } from "./processing/identity.js";
import { phaseMutants } from "./processing/phases.js";

/** All mutants of stores and processing. */
export const storeMutants: readonly StoreMutant[] = [
  ...deliveryMutants,
  ...phaseMutants,
  ...guaranteeMutants,
  ...failureMutants,
  ...deadLetterMutants,
  ...crashMutants,
  ...identityMutants,
  ...endingMutants,
];
