import type { BoundCase } from "../case.js";
import { appendCases } from "./appends.js";
import { awayCases } from "./away.js";
import { clusterCases } from "./clusters.js";
import { commitCases } from "./commits.js";
import { memberCases } from "./members.js";
import { sweepCases } from "./sweep.js";
import { zombieCases } from "./zombies.js";

/** Several processes, and a server that can be reached and cannot. */
export const servedCases: readonly BoundCase[] = [
  ...appendCases,
  ...commitCases,
  ...sweepCases,
  ...awayCases,
  ...memberCases,
  ...zombieCases,
  ...clusterCases,
];
