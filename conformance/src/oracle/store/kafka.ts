import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { Inconclusive } from "../../cases/failure.js";
import type { Value } from "../../gen/proto/eventy/v3/value_pb.js";
import type { BatchRecord } from "../../kafka/batches.js";
import type { KafkaCluster } from "../../kafka/cluster.js";
import { allOffsets } from "../../kafka/offsets.js";
import type { TopicPartition } from "../../kafka/partitions.js";
import { boundsOf, readAllCommitted, readCommitted } from "../../kafka/read-partition.js";
import { listTransactions } from "../../kafka/transactions.js";
import { decodeJsonValue } from "../json/decode.js";
import { murmur2 } from "../murmur2.js";
import type { Oracle, PersistedMark, PersistedRecord, StatePlace } from "./oracle.js";

/** How long it may take until nobody writes any more. */
const LIMIT_MS = 30_000;
const PAUSE_MS = 5;

/** Transactions of which it is decided what becomes of them, and which are not at their end. */
const DECIDED = ["PrepareCommit", "PrepareAbort"];

const CURSORS = "eventy-cursors";

/** How often a look is repeated if somebody wrote meanwhile, before and after all stand still. */
const TRIES = 3;
const TRIES_STILL = 20;

/** Has all who may write stand still meanwhile. */
type WhileStill = <T>(act: () => Promise<T>) => Promise<T>;

/** Reads the topics and groups of the Kafka binding. */
export class KafkaOracle implements Oracle {
  readonly isSelfObserved = false;
  readonly #cluster: KafkaCluster;
  readonly #whileStill: WhileStill | undefined;
  /** What was read already, where nobody writes meanwhile. */
  readonly #known: Map<string, Promise<unknown>> | undefined;

  /** @param whileStill has all who may write stand still meanwhile; without it, nobody writes */
  constructor(cluster: KafkaCluster, whileStill?: WhileStill) {
    this.#cluster = cluster;
    this.#whileStill = whileStill;
    this.#known = whileStill === undefined ? new Map() : undefined;
  }

  /** Looks again if somebody wrote meanwhile: a cluster cannot be seen as it was. */
  async atOnce<T>(look: (oracle: Oracle) => Promise<T>): Promise<T> {
    if (this.#whileStill === undefined) return look(this);
    const moment = await this.#tryAtOnce(look, TRIES);
    if (moment !== undefined) return moment.seen;
    // There is always somebody who writes. What was on its way to the brokers still comes.
    const still = await this.#whileStill(() => this.#tryAtOnce(look, TRIES_STILL));
    if (still !== undefined) return still.seen;
    throw new Inconclusive("the store never stood still, so nothing can be seen at one moment");
  }

  async #tryAtOnce<T>(
    look: (oracle: Oracle) => Promise<T>,
    tries: number,
  ): Promise<{ readonly seen: T } | undefined> {
    for (let tried = 0; tried < tries; tried++) {
      const before = await this.#ends();
      // What is decided from now on moves the ends.
      await this.#settled();
      const seen = await look(new KafkaOracle(this.#cluster));
      if (isDeepStrictEqual(await this.#ends(), before)) return { seen };
    }
    return undefined;
  }

  async records(topic: string, partitions = 1): Promise<readonly PersistedRecord[]> {
    await this.#settled();
    const places = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
    const records = await readAllCommitted(this.#cluster, places);
    return records.flatMap((some, partition) => some.map((record) => persisted(topic, partition, record)));
  }

  async acknowledged(group: string, topic: string, partition: number): Promise<number | null> {
    const cursor = await this.#cursor(group, topic, partition);
    return cursor?.acknowledged ?? null;
  }

  async mark(group: string, topic: string, partition: number): Promise<PersistedMark | null> {
    const cursor = await this.#cursor(group, topic, partition);
    return cursor?.mark ?? null;
  }

  async end(topic: string, partition: number): Promise<number | undefined> {
    const ends = await this.#once("ends", () => this.#ends());
    return ends.get(`${topic}/${partition}`);
  }

  async state({ group, state, topic, partition }: StatePlace, key: string): Promise<Value | undefined> {
    await this.#settled();
    const changelog = `${[group, state, topic].map(escaped).join(".")}.changelog`;
    const value = await this.#newest({ topic: changelog, partition }, key);
    return value === null ? undefined : decodeJsonValue(value);
  }

  /** What a group has in a partition: its offset, or where it has none, the copy. */
  async #cursor(group: string, topic: string, partition: number): Promise<Cursor | null> {
    await this.#settled();
    const offsets = await this.#once(`offsets of ${group}`, () =>
      this.#cluster.coordinator("group", group, allOffsets(group)),
    );
    const own = offsets.get(`${topic}/${partition}`);
    if (own && own.offset >= 0) return { acknowledged: own.offset, mark: markOf(own.metadata) };
    return this.#copy(`${encodeURIComponent(group)}:${topic}:${partition}`);
  }

  async #copy(key: string): Promise<Cursor | null> {
    const { topics } = await this.#cluster.describe();
    const partitions = topics.find(({ topic }) => topic === CURSORS)?.leaders.length;
    if (partitions === undefined) return null;
    const partition = (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
    const value = await this.#newest({ topic: CURSORS, partition }, key);
    if (value === null) return null;
    const { acknowledged, mark = null } = JSON.parse(value.toString()) as Partial<Cursor>;
    return acknowledged === undefined ? null : { acknowledged, mark };
  }

  /** The value of the newest committed record with a key. */
  async #newest(partition: TopicPartition, key: string): Promise<Buffer | null> {
    const records = await this.#once(`${partition.topic}/${partition.partition}`, () =>
      readCommitted(this.#cluster, partition),
    );
    return records.findLast((record) => record.key?.toString() === key)?.value ?? null;
  }

  /** Waits until what is decided has happened: a commit is answered before its records can be read. */
  async #settled(): Promise<void> {
    if (this.#known !== undefined) return;
    const end = performance.now() + LIMIT_MS;
    for (;;) {
      const lists = await this.#cluster.every(() => listTransactions(DECIDED));
      if (lists.flat().length === 0) return;
      if (performance.now() > end)
        throw new Inconclusive("a transaction that was ended never comes to its end");
      await sleep(PAUSE_MS);
    }
  }

  /** The ends of all partitions, those in which the cluster keeps its own books included. */
  async #ends(): Promise<ReadonlyMap<string, number>> {
    const { topics } = await this.#cluster.describe();
    const all = topics.flatMap(({ topic, leaders }) => leaders.map((_, partition) => ({ topic, partition })));
    return boundsOf(this.#cluster, "end", all);
  }

  /** Reads something, once where nobody writes meanwhile. */
  #once<T>(name: string, read: () => Promise<T>): Promise<T> {
    const known = this.#known?.get(name) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const reading = read();
    this.#known?.set(name, reading);
    return reading;
  }
}

interface Cursor {
  readonly acknowledged: number;
  readonly mark: PersistedMark | null;
}

/** The crash mark in the metadata of an offset. Of any other form, it is none. */
function markOf(metadata: string): PersistedMark | null {
  try {
    const { mark } = JSON.parse(metadata) as { mark?: PersistedMark };
    return mark ?? null;
  } catch {
    return null;
  }
}

/** A part of the name of a changelog topic. */
function escaped(name: string): string {
  return Array.from(Buffer.from(name), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9-]/.test(character)
      ? character
      : `_${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

function persisted(
  topic: string,
  partition: number,
  { offset, key, value, headers }: BatchRecord,
): PersistedRecord {
  const texts = headers.map(([name, text]) => [name, text?.toString() ?? ""] as const);
  return {
    topic,
    partition,
    offset,
    key: key?.toString() ?? null,
    value,
    headers: Object.fromEntries(texts),
  };
}
