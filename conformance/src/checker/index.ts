export { firstDifference, valueDifference } from "./compare.js";
export type { Finding, Rule } from "./history/finding.js";
export type {
  History,
  JournalEvent,
  KeptCursor,
  KeptNumber,
  KeptRecord,
  Look,
  Snapshot,
} from "./history/history.js";
export { firstFinding } from "./history/judge.js";
export { showHistory } from "./history/show-history.js";
export { shrink } from "./history/shrink.js";
