import { type Sharer, shareOut } from "../../share-out.js";
import { partitionName, type TopicPartition } from "../../stored-record.js";
import type { Subscription } from "./subscription.js";

/** A member of a group, in the eyes of its leader. */
export interface Subscriber extends Subscription, Sharer {
  readonly memberId: string;
}

/**
 * Shares out the partitions of a group.
 *
 * One that is to change hands is nobody's until its owner has given it up and joined again.
 *
 * @returns the partitions of each member
 */
export function assign(
  partitions: readonly TopicPartition[],
  members: readonly Subscriber[],
): Map<Subscriber, readonly TopicPartition[]> {
  // The leader is the same for all, and members come in no order.
  const inOrder = [...members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const owners = new Map<string, Subscriber>();
  const contested = new Set<string>();
  for (const member of inOrder) {
    for (const name of member.owned.map(partitionName)) {
      if (owners.has(name)) contested.add(name);
      else owners.set(name, member);
    }
  }
  const shares = shareOut(partitions, inOrder, (name) => owners.get(name));
  const assigned = new Map<Subscriber, TopicPartition[]>(inOrder.map((member) => [member, []]));
  for (const partition of partitions) {
    const name = partitionName(partition);
    const [owner, next] = [owners.get(name), shares.get(name)];
    const isFree = owner === undefined || (owner === next && !contested.has(name));
    if (isFree && next !== undefined) assigned.get(next)?.push(partition);
  }
  return assigned;
}
