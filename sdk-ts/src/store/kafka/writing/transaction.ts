import type { TopicPartitions } from "../client/kafka-broker.js";
import { withoutOutcome } from "../errors.js";
import { allDone } from "./all-done.js";
import type { Placed } from "./placed.js";
import type { GroupOffset, TransactionalProducer } from "./transactional-producer.js";

/**
 * Runs a transaction. After an error, the transactional id has to be initialised again.
 *
 * @returns the offset of each record
 * @throws EventyError OUTCOME_UNKNOWN if it may have happened or not; for any other error it has not
 */
export async function transact(
  producer: TransactionalProducer,
  records: readonly Placed[],
  offset?: GroupOffset,
): Promise<readonly number[]> {
  let offsets: Promise<readonly number[]>;
  try {
    const begun = [producer.addPartitions(partitionsOf(records))];
    if (offset !== undefined) begun.push(producer.addOffsets(offset.group));
    await allDone(begun);
    offsets = producer.send(records);
    await allDone(offset === undefined ? [offsets] : [offsets, producer.commitOffset(offset)]);
  } catch (error) {
    // Nobody waits for it: it only lets those who read these partitions go on sooner.
    void producer.abort().catch(() => undefined);
    // What was sent in a transaction that is not committed is not there, whatever became of the request.
    throw withoutOutcome(error);
  }
  await producer.commit();
  return offsets;
}

function partitionsOf(records: readonly Placed[]): TopicPartitions[] {
  const byTopic = new Map<string, Set<number>>();
  for (const { topic, partition } of records) {
    const partitions = byTopic.get(topic) ?? new Set();
    byTopic.set(topic, partitions.add(partition));
  }
  return [...byTopic].map(([topic, partitions]) => ({ topic, partitions: [...partitions] }));
}
