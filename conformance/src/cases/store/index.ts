import type { BoundCase } from "../case.js";
import { appendCases } from "./appends.js";
import { groupCases } from "./groups.js";
import { memoryCases } from "./memory.js";
import { partitionCases } from "./partitions.js";
import { readCases } from "./reads.js";
import { refusedCases } from "./refused.js";
import { retentionCases } from "./retention.js";
import { sqlCases } from "./sql/index.js";
import { topicCases } from "./topics.js";

/** What stores do, whatever they are made of. */
export const storeCases: readonly BoundCase[] = [
  ...topicCases,
  ...partitionCases,
  ...appendCases,
  ...readCases,
  ...groupCases,
  ...retentionCases,
  ...refusedCases,
  ...memoryCases,
  ...sqlCases,
];
