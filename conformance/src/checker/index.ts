export { firstDifference, valueDifference } from "./compare.js";
export { type DeadLetter, readDeadLetter } from "./history/dead-letter.js";
export { expectedKey, expectedUuid, placeUuid } from "./history/derived-uuid.js";
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
export { lineageOf } from "./history/lineage.js";
export { deadLettersOf, groupOf, handles, prefixOf, topicOf } from "./history/script.js";
export { showHistory } from "./history/show-history.js";
export { shrink } from "./history/shrink.js";
