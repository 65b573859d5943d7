import { EventyError } from "../../../record/index.js";
import type { TopicPartition } from "../../stored-record.js";
import type { JoinedGroup } from "../client/kafka-broker.js";
import { assign } from "./assign.js";
import { encodeAssignment } from "./assignment.js";
import type { MemberAssignment } from "./coordination.js";
import { decodeSubscription } from "./subscription.js";

/**
 * What the leader of a group says to its members.
 *
 * @param partitionsOf the number of partitions of a topic
 */
export async function lead(
  members: JoinedGroup["members"],
  partitionsOf: (topic: string) => Promise<number>,
): Promise<readonly MemberAssignment[]> {
  const subscribers = members.map(({ memberId, memberMetadata }) => ({
    memberId,
    ...decodeSubscription(memberMetadata),
  }));
  const topics = new Set(subscribers.flatMap((subscriber) => subscriber.topics));
  const partitions: TopicPartition[] = [];
  for (const topic of [...topics].sort()) {
    const count = await orNoPartitions(partitionsOf(topic));
    for (let partition = 0; partition < count; partition++) partitions.push({ topic, partition });
  }
  return [...assign(partitions, subscribers)].map(([{ memberId }, assigned]) => ({
    memberId,
    memberAssignment: encodeAssignment(assigned),
  }));
}

/** Others may wait for a topic that is not there. */
export async function orNoPartitions(count: Promise<number>): Promise<number> {
  try {
    return await count;
  } catch (error) {
    if (error instanceof EventyError && error.code === "UNKNOWN_TOPIC") return 0;
    throw error;
  }
}
