import type { BoundCase } from "../../case.js";
import { appendCases } from "./append-cases.js";
import { claimCases } from "./claim-cases.js";
import { gapCases } from "./gap-cases.js";
import { inUseCases } from "./in-use-cases.js";
import { tableCases } from "./table-cases.js";

/** The store in the tables of the SQL binding, which the suite reads and changes as anybody may. */
export const sqlCases: readonly BoundCase[] = [
  ...tableCases,
  ...appendCases,
  ...claimCases,
  ...gapCases,
  ...inUseCases,
];
