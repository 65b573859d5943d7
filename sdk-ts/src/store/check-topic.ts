import { EventyError } from "../record/index.js";

/** What Kafka allows, so that a topic may move to another store. */
const TOPIC = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/;

/** @throws EventyError INVALID_ARGUMENT if a topic cannot have that name or that number of partitions */
export function checkTopic(topic: string, partitions: number): void {
  if (!TOPIC.test(topic)) {
    throw new EventyError(
      "INVALID_ARGUMENT",
      `${JSON.stringify(topic)} cannot be a topic: its name has 1 to 249 letters, digits, dots, underscores and hyphens.`,
    );
  }
  if (!Number.isSafeInteger(partitions) || partitions < 1) {
    throw new EventyError(
      "INVALID_ARGUMENT",
      `Topic ${topic} cannot have ${partitions} partitions, only 1 or more.`,
    );
  }
}

/** @throws EventyError TOPIC_MISMATCH if a topic is there with another number of partitions */
export function checkSamePartitions(topic: string, wanted: number, there: number): void {
  if (wanted === there) return;
  throw new EventyError(
    "TOPIC_MISMATCH",
    `Topic ${topic} has ${there} partitions, not ${wanted}, and their number never changes: create another topic.`,
  );
}

export function unknownTopic(topic: string): EventyError {
  return new EventyError("UNKNOWN_TOPIC", `There is no topic ${topic}: create it first.`);
}
