import type { RecordStore } from "@eventy/sdk/store";

/** How many records are copied at once. */
const RECORDS = { maxRecords: 1000 };

/** What is moved from one store to another. */
export interface Move {
  readonly topics: readonly string[];
  /** Groups whose progress is moved, and the topics that each reads. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

/**
 * Copies topics to a store that does not have them yet, each record into the partition where it was, and has groups go
 * on in the copy where they were. Whatever writes or handles these topics must have ended. States of handlers are not
 * moved, and the time of the append becomes that of the copy.
 */
export async function move(from: RecordStore, to: RecordStore, { topics, groups }: Move): Promise<void> {
  const copies = new Map<string, Copy[]>();
  for (const topic of topics) copies.set(topic, await copyTopic(from, to, topic));
  for (const [group, read] of Object.entries(groups)) {
    for (const topic of read) await goOn(from, to, group, topic, copies.get(topic) ?? []);
  }
}

/** Where the records of a partition stand now. */
interface Copy {
  /** The new offset of each old one. */
  readonly offsets: ReadonlyMap<number, number>;
  readonly end: number;
}

async function copyTopic(from: RecordStore, to: RecordStore, topic: string): Promise<Copy[]> {
  const partitions = await from.partitionsOf(topic);
  await to.createTopic(topic, partitions);
  const copies: Copy[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    const { begin, end } = await to.bounds({ topic, partition });
    if (begin !== end)
      throw new Error(`${topic}/${partition} has records already: move to a topic that is empty`);
    copies.push(await copyPartition(from, to, topic, partition));
  }
  return copies;
}

async function copyPartition(
  from: RecordStore,
  to: RecordStore,
  topic: string,
  partition: number,
): Promise<Copy> {
  const place = { topic, partition };
  const offsets = new Map<number, number>();
  const { begin, end } = await from.bounds(place);
  for (let next = begin; next < end; ) {
    const batch = await from.read(place, next, RECORDS);
    const copied = batch.records.map(({ key, value, headers }) => ({ ...place, key, value, headers }));
    for (const [index, { offset }] of (await to.append(copied)).entries()) {
      offsets.set(batch.records[index]?.offset ?? 0, offset);
    }
    next = batch.next;
  }
  return { offsets, end: (await to.bounds(place)).end };
}

/** The first claim on a partition makes durable where its group begins. */
async function goOn(
  from: RecordStore,
  to: RecordStore,
  group: string,
  topic: string,
  copies: readonly Copy[],
): Promise<void> {
  const start: number[] = [];
  for (const [partition, { offsets, end }] of copies.entries()) {
    const acknowledged = await from.acknowledged(group, { topic, partition });
    const { begin } = await from.bounds({ topic, partition });
    // An offset without a record stands for the next one that has one.
    const next = [...offsets.keys()].find((offset) => offset >= (acknowledged ?? begin));
    start.push(next === undefined ? end : (offsets.get(next) ?? end));
  }
  const member = await to.join({ group, topics: [topic], start });
  let begun = 0;
  for await (const claim of member.claims()) {
    await claim.release();
    if (++begun === copies.length) break;
  }
  await member.leave();
}
