/** A topic, the group that handles it, and the topic for what it makes of it. */
export interface Flow {
  readonly group: string;
  readonly input: string;
  readonly output: string;
  readonly partitions: number;
}

/** A flow of its own for each contender, named as the app of ours names its topics. */
export function flowOf(group: string, partitions: number): Flow {
  return { group, input: `${group}-input`, output: `${group}-output`, partitions };
}
