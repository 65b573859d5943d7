import { EventyError } from "../record/index.js";
import { partitionName, type TopicPartition } from "./stored-record.js";

/** The error of who writes through a claim that is not theirs any more. */
export function fenced(claim: TopicPartition & { readonly group: string }): EventyError {
  return new EventyError(
    "FENCED",
    `Group ${claim.group} has lost or given back ${partitionName(claim)}: nothing was written.`,
  );
}
