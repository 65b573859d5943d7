import type { StoreMutant } from "./kit/store-mutant.js";
import { crashMutants } from "./processing/crashes.js";
import { deadLetterMutants } from "./processing/dead-letters.js";
import { deliveryMutants } from "./processing/delivery.js";
import { endingMutants } from "./processing/ending.js";
import { exactlyOnceMutants } from "./processing/exactly-once.js";
import { failureMutants } from "./processing/failures.js";
import { guaranteeMutants } from "./processing/guarantees.js";
import { identityMutants } from "./processing/identity.js";
import { outputMutants } from "./processing/outputs.js";
import { phaseMutants } from "./processing/phases.js";
import { groupMutants } from "./store/groups.js";
import { kafkaMutants } from "./store/kafka.js";
import { kafkaCursorMutants } from "./store/kafka-cursors.js";
import { kafkaFaultMutants } from "./store/kafka-faults.js";
import { memoryMutants } from "./store/memory.js";
import { readMutants } from "./store/reads.js";
import { sqlMutants } from "./store/sql.js";
import { topicMutants } from "./store/topics.js";

/** All mutants of stores and processing. */
export const storeMutants: readonly StoreMutant[] = [
  ...topicMutants,
  ...readMutants,
  ...groupMutants,
  ...sqlMutants,
  ...kafkaMutants,
  ...kafkaCursorMutants,
  ...kafkaFaultMutants,
  ...memoryMutants,
  ...outputMutants,
  ...deliveryMutants,
  ...phaseMutants,
  ...guaranteeMutants,
  ...exactlyOnceMutants,
  ...failureMutants,
  ...deadLetterMutants,
  ...crashMutants,
  ...identityMutants,
  ...endingMutants,
];
