import { EventyError } from "../record/index.js";
import type { Bounds } from "./record-store.js";
import { partitionName, type TopicPartition } from "./stored-record.js";

/**
 * @throws EventyError POSITION_LOST if the records from an offset on are not there, or not all of them
 */
export function checkPosition(partition: TopicPartition, offset: number, { begin, end }: Bounds): void {
  if (offset >= begin && offset <= end) return;
  throw new EventyError(
    "POSITION_LOST",
    `${partitionName(partition)} has the records ${begin} to ${end}, exclusive: offset ${offset} is ${offset < begin ? "gone" : "not there"}.`,
  );
}
