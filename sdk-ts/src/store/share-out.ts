import { partitionName, type TopicPartition } from "./stored-record.js";

/** A member of a group, in the eyes of the one who shares out. */
export interface Sharer {
  readonly topics: readonly string[];
}

/**
 * Shares partitions out to members that read their topics: as evenly as that allows, and so that few change hands.
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
  for (const partition of partitions) {
    const name = partitionName(partition);
    const owner = ownerOf(name);
    let chosen: M | undefined;
    for (const member of members) {
      if (!member.topics.includes(partition.topic)) continue;
      const [count, least] = [counts.get(member) ?? 0, chosen && (counts.get(chosen) ?? 0)];
      if (least === undefined || count < least || (count === least && member === owner)) chosen = member;
    }
    if (chosen === undefined) continue;
    counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
    shares.set(name, chosen);
  }
  return shares;
}
