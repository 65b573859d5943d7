import { EventyError } from "../record/index.js";
import type { RecordStore } from "../store/index.js";

/**
 * Makes sure that topics are there.
 *
 * @param partitions How many partitions those get that are not there. Undefined: none is created.
 * @throws EventyError UNKNOWN_TOPIC, with what to do about it
 */
export async function ensureTopics(
  store: RecordStore,
  topics: Iterable<string>,
  partitions: number | undefined,
): Promise<void> {
  for (const topic of topics) {
    try {
      await store.partitionsOf(topic);
    } catch (error) {
      if (!(error instanceof EventyError) || error.code !== "UNKNOWN_TOPIC") throw error;
      if (partitions === undefined) throw unknownTopic(topic, error);
      await store.createTopic(topic, partitions);
    }
  }
}

function unknownTopic(topic: string, cause: EventyError): EventyError {
  const remedy = `create it with store.createTopic("${topic}", partitions), or give the App createTopics`;
  return new EventyError("UNKNOWN_TOPIC", `topic ${topic} does not exist: ${remedy}`, { cause });
}
