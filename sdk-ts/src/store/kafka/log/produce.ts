import { partitionName, type TopicPartition } from "../../stored-record.js";
import type { Connections } from "../client/connections.js";
import type { Producer } from "../client/kafka-broker.js";
import type { Node } from "../client/metadata.js";
import { requestError } from "../errors.js";
import { groupBy } from "../group-by.js";
import { allDone } from "../writing/all-done.js";
import type { Placed } from "../writing/placed.js";
import { encodeBatch, NOBODY } from "./encode-batch.js";
import { produceTo } from "./produce-request.js";
import { split } from "./split.js";

/** Who appends in transactions. */
export interface TransactionalWriter extends Producer {
  readonly transactionalId: string;
  /** How many records it has appended to each partition since it was initialised, by the name of the partition. */
  readonly sequences: Map<string, number>;
}

/** A batch that is to be sent. */
interface Outgoing extends TopicPartition {
  readonly bytes: Buffer;
  /** Which of the records are in it. */
  readonly indexes: readonly number[];
}

/** Bytes of batches in one request. */
const MOST_BYTES = 4 * 1024 * 1024;
const SEQUENCES = 2 ** 31;
/** As if the broker had failed in a way that it knows no number for. */
const NO_ANSWER = { errorCode: -1, baseOffset: -1 };

/**
 * Appends records to their partitions, and waits for all answers. Those of one partition are in their order.
 *
 * Without a writer they are there at once: of several batches, some may be and others not.
 *
 * @returns the offset of each record
 * @throws EventyError UNKNOWN_TOPIC, INVALID_ARGUMENT, FENCED, STORE_UNAVAILABLE, STORE_FAILED, OUTCOME_UNKNOWN
 */
export async function produce(
  connections: Connections,
  records: readonly Placed[],
  writer?: TransactionalWriter,
): Promise<readonly number[]> {
  const outgoing = batchesFor(records, writer);
  const leaders = new Map<string, Node>();
  for (const partition of outgoing) {
    const name = partitionName(partition);
    if (!leaders.has(name)) leaders.set(name, await connections.cluster.leaderOf(partition));
  }
  const offsets: number[] = [];
  const byLeader = groupBy(outgoing, (batch) => leaders.get(partitionName(batch)) as Node);
  await allDone(
    [...byLeader].map(async ([leader, batches]) => {
      // No answer is waited for in between: several batches are a transaction, which is undone if one is refused.
      await allDone(
        requestsOf(batches).map((request) => send(connections, leader, request, offsets, writer)),
      );
    }),
  );
  return offsets;
}

/** Whether it is one batch, and so there or not. */
export function isOneBatch(records: readonly Placed[]): boolean {
  return groupBy(records, partitionName).size === 1 && split(records).length === 1;
}

function batchesFor(
  records: readonly Placed[],
  writer: TransactionalWriter | undefined,
): readonly Outgoing[] {
  const outgoing: Outgoing[] = [];
  for (const [name, indexes] of groupBy(records.keys(), (index) => partitionName(records[index] as Placed))) {
    const [{ topic, partition }] = [records[indexes[0]] as Placed];
    let from = 0;
    for (const batch of split(indexes.map((index) => records[index] as Placed))) {
      const bytes = encodeBatch(
        batch,
        writer === undefined ? NOBODY : producerOf(writer, name, batch.length),
      );
      outgoing.push({ topic, partition, bytes, indexes: indexes.slice(from, from + batch.length) });
      from += batch.length;
    }
  }
  return outgoing;
}

function producerOf(
  { producerId, producerEpoch, sequences }: TransactionalWriter,
  name: string,
  count: number,
) {
  const sequence = sequences.get(name) ?? 0;
  sequences.set(name, (sequence + count) % SEQUENCES);
  return { producerId, producerEpoch, sequence, isTransactional: true };
}

/** A request takes one batch of a partition, and not too many bytes. */
function requestsOf(batches: readonly Outgoing[]): readonly Outgoing[][] {
  const requests: Outgoing[][] = [];
  for (const batch of batches) {
    const name = partitionName(batch);
    // The batches of a partition have to be sent in their order.
    let at = requests.findLastIndex((request) => request.some((other) => partitionName(other) === name)) + 1;
    while (isFull(requests[at], batch)) at++;
    const request = requests[at];
    if (request === undefined) requests.push([batch]);
    else request.push(batch);
  }
  return requests;
}

function isFull(request: readonly Outgoing[] | undefined, { bytes }: Outgoing): boolean {
  const all = request?.reduce((sum, batch) => sum + batch.bytes.length, bytes.length) ?? 0;
  return all > MOST_BYTES;
}

async function send(
  connections: Connections,
  leader: Node,
  batches: readonly Outgoing[],
  offsets: number[],
  writer: TransactionalWriter | undefined,
): Promise<void> {
  const [first] = batches;
  if (first === undefined) return;
  const { settings } = connections.cluster;
  try {
    const produced = await connections.to(leader, (broker) =>
      produceTo(broker, batches, writer?.transactionalId ?? null, settings.requestTimeoutMs),
    );
    const byName = new Map(produced.map((answer) => [partitionName(answer), answer]));
    for (const batch of batches) {
      const { errorCode, baseOffset } = byName.get(partitionName(batch)) ?? NO_ANSWER;
      if (errorCode !== 0) throw requestError(connections.cluster.error(errorCode), partitionName(batch));
      for (const [nth, index] of batch.indexes.entries()) offsets[index] = baseOffset + nth;
    }
  } catch (error) {
    for (const { topic } of batches) connections.cluster.forgetLeaders(topic);
    throw await connections.leaderError(first, error);
  }
}
