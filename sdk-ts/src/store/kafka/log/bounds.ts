import { EventyError } from "../../../record/index.js";
import { checkPosition } from "../../check-position.js";
import type { Bounds } from "../../record-store.js";
import type { TopicPartition } from "../../stored-record.js";
import type { Connections } from "../client/connections.js";
import { readTwice } from "../read-twice.js";

/** What stands for a time. */
const BEGIN = -2;
const END = -1;

/** @throws EventyError UNKNOWN_TOPIC, INVALID_ARGUMENT, STORE_UNAVAILABLE, STORE_FAILED */
export async function boundsOf(connections: Connections, partition: TopicPartition): Promise<Bounds> {
  const [begin, end] = await Promise.all([
    listOffset(connections, partition, BEGIN),
    listOffset(connections, partition, END),
  ]);
  return { begin, end };
}

/**
 * Offset of the first record of that time or later; the end if there is none.
 *
 * @throws EventyError UNKNOWN_TOPIC, INVALID_ARGUMENT, STORE_UNAVAILABLE, STORE_FAILED
 */
export async function offsetOfTime(
  connections: Connections,
  partition: TopicPartition,
  milliseconds: number,
): Promise<number> {
  // Negative numbers stand for other things.
  const found = await listOffset(connections, partition, Math.max(milliseconds, 0));
  return found < 0 ? listOffset(connections, partition, END) : found;
}

/** Names the bounds in an error that says that a position is outside of them. */
export async function positionLost(
  connections: Connections,
  partition: TopicPartition,
  offset: number,
  error: unknown,
): Promise<never> {
  if (error instanceof EventyError && error.code === "POSITION_LOST") {
    checkPosition(partition, offset, await boundsOf(connections, partition));
  }
  throw error;
}

function listOffset(connections: Connections, partition: TopicPartition, timestamp: number): Promise<number> {
  const { topic, partition: number } = partition;
  return readTwice(() =>
    connections.toLeader(partition, async (broker) => {
      const { responses } = await broker.listOffsets({
        replicaId: -1,
        isolationLevel: 1,
        topics: [{ topic, partitions: [{ partition: number, timestamp }] }],
      });
      return Number(responses[0]?.partitions[0]?.offset ?? -1);
    }),
  );
}
