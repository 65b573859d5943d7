import { EventyError } from "../record/index.js";
import type { RecordStore } from "../store/index.js";

/**
 * Makes sure that topics are there.
 *
 * @param partitions How many partitions those get that are not there. Default: they are not created.
 * @throws EventyError UNKNOWN_TOPIC, with what to do about it
 */
export async function ensureTopics(
  store: RecordStore,
  topics: readonly string[],
  partitions?: number,
): Promise<void> {
  for (const topic of new Set(topics)) {
    try {
      await store.partitionsOf(topic);
    } catch (error) {
      if (!(error instanceof EventyError) || error.code !== "UNKNOWN_TOPIC") throw error;
      if (partitions === undefined) throw unknownTopic(topic, error);
      await store.createTopic(topic, partitions);
    }
  }
}

/** Offsets behind the newest record of each partition of a topic. */
export async function endsOf(store: RecordStore, topic: string): Promise<readonly number[]> {
  const partitions = Array.from({ length: await store.partitionsOf(topic) }, (_, partition) => partition);
  const bounds = await Promise.all(partitions.map((partition) => store.bounds({ topic, partition })));
  return bounds.map(({ end }) => end);
}

function unknownTopic(topic: string, cause: EventyError): EventyError {
  const remedy = `create it with store.createTopic("${topic}", partitions), or give the App createTopics`;
  return new EventyError("UNKNOWN_TOPIC", `topic ${topic} does not exist: ${remedy}`, { cause });
}
