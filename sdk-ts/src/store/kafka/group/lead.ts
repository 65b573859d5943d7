import type { TopicPartition } from "../../stored-record.js";
import { sleep } from "../../waiting/sleep.js";
import type { JoinedGroup } from "../client/kafka-broker.js";
import { assign } from "./assign.js";
import { encodeAssignment } from "./assignment.js";
import type { MemberAssignment } from "./coordination.js";
import { decodeSubscription } from "./subscription.js";

/** How often a leader looks whether topics have got partitions. */
const LOOK_MS = 5000;

/** How many partitions topics have at present, without those that are not there. */
export type CountPartitions = (topics: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/** What the leader of a group has found out. */
export interface Led {
  readonly assignments: readonly MemberAssignment[];
  /** How many partitions there are to assign, by topic; 0: others may wait for a topic that is not there. */
  readonly counts: ReadonlyMap<string, number>;
}

/** What the leader of a group says to its members. */
export async function lead(members: JoinedGroup["members"], countPartitions: CountPartitions): Promise<Led> {
  const subscribers = members.map(({ memberId, memberMetadata }) => ({
    memberId,
    ...decodeSubscription(memberMetadata),
  }));
  const topics = [...new Set(subscribers.flatMap((subscriber) => subscriber.topics))].sort();
  const found = await countPartitions(topics);
  const counts = new Map(topics.map((topic) => [topic, found.get(topic) ?? 0]));
  const partitions: TopicPartition[] = [];
  for (const [topic, count] of counts) {
    for (let partition = 0; partition < count; partition++) partitions.push({ topic, partition });
  }
  const assignments = [...assign(partitions, subscribers)].map(([{ memberId }, assigned]) => ({
    memberId,
    memberAssignment: encodeAssignment(assigned),
  }));
  return { assignments, counts };
}

/** Waits until there are partitions that a leader has assigned to nobody, or a signal aborts. */
export async function morePartitions(
  { counts }: Led,
  countPartitions: CountPartitions,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await sleep(LOOK_MS, signal);
    if (signal.aborted) return;
    // Whoever cannot be asked now is asked the next time.
    const now = await countPartitions([...counts.keys()]).catch(() => counts);
    for (const [topic, count] of now) if (count > (counts.get(topic) ?? 0)) return;
  }
}
