import type { BoundCase } from "../case.js";
import { claimCases } from "./claims.js";
import { cursorCases } from "./cursors.js";
import { groupCases } from "./groups.js";
import { recordCases } from "./records.js";
import { stateCases } from "./states.js";
import { topicCases } from "./topics.js";

/** What the Kafka binding says, seen by the requests that tools make, and those that a proxy sees. */
export const kafkaCases: readonly BoundCase[] = [
  ...topicCases,
  ...recordCases,
  ...groupCases,
  ...claimCases,
  ...cursorCases,
  ...stateCases,
];
