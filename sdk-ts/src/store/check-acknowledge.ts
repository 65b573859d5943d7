import { EventyError } from "../record/index.js";
import { partitionName, type TopicPartition } from "./stored-record.js";

/**
 * A transaction moves on, and not beyond what was fetched: else nobody could tell afterwards whether it happened, or
 * the group would stand where no record is.
 *
 * @throws EventyError INVALID_ARGUMENT
 */
export function checkAcknowledge(
  partition: TopicPartition,
  acknowledge: number,
  { acknowledged, fetched }: { readonly acknowledged: number; readonly fetched: number },
): void {
  if (Number.isSafeInteger(acknowledge) && acknowledge > acknowledged && acknowledge <= fetched) return;
  throw new EventyError(
    "INVALID_ARGUMENT",
    `Cannot acknowledge ${partitionName(partition)} up to ${acknowledge}: ${acknowledged} is acknowledged already, and ${fetched} is how far it was fetched.`,
  );
}
