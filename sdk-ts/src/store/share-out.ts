import { partitionName, type TopicPartition } from "./stored-record.js";

/** A member of a group, in the eyes of the one who shares out. */
export interface Sharer {
  readonly topics: readonly string[];
}

/**
 * Shares partitions out to members that read their topics: evenly, and so that few change hands. Who owns one keeps
 * it, unless another has at least two fewer.
 *
 * @param ownerOf who has a partition now
 * @returns the member of each partition, by {@link partitionName}; partitions that nobody reads are left out
 */
export function shareOut<M extends Sharer>(
  partitions: readonly TopicPartition[],
  members: readonly M[],
  ownerOf: (name: string) => M | undefined,
): Map<string, M> {
  const counts = new Map(members.map((member) => [member, 0]));
  const shares = new Map<string, M>();
  const countOf = (member: M | undefined): number =>
    member === undefined ? Number.POSITIVE_INFINITY : (counts.get(member) ?? 0);
  const least = ({ topic }: TopicPartition): M | undefined => {
    let chosen: M | undefined;
    for (const member of members) {
      if (member.topics.includes(topic) && countOf(member) < countOf(chosen)) chosen = member;
    }
    return chosen;
  };
  const give = (partition: TopicPartition, member: M): void => {
    const before = shares.get(partitionName(partition));
    if (before !== undefined) counts.set(before, countOf(before) - 1);
    counts.set(member, countOf(member) + 1);
    shares.set(partitionName(partition), member);
  };

  const free: TopicPartition[] = [];
  for (const partition of partitions) {
    const owner = ownerOf(partitionName(partition));
    if (owner !== undefined && counts.has(owner) && owner.topics.includes(partition.topic))
      give(partition, owner);
    else free.push(partition);
  }
  for (const partition of free) {
    const next = least(partition);
    if (next !== undefined) give(partition, next);
  }
  for (let moved = true; moved; ) {
    moved = false;
    for (const partition of partitions) {
      const [owner, next] = [shares.get(partitionName(partition)), least(partition)];
      if (owner === undefined || next === undefined || countOf(owner) - countOf(next) < 2) continue;
      give(partition, next);
      moved = true;
    }
  }
  return shares;
}
