import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { type ErrorCode, EventyError } from "../../record/index.js";
import {
  type Batch,
  type Claim,
  type Member,
  type MemberOptions,
  type NewRecord,
  partitionName,
  type RecordStore,
  type TopicPartition,
} from "../../store/index.js";
import type { StoreUnderTest } from "./store-under-test.js";
import { within } from "./within.js";

const utf8 = new TextEncoder();

/** What a check works with: a store that was opened for it, and names that nobody else uses. */
export class Kit {
  readonly under: StoreUnderTest;
  readonly #opened: RecordStore[] = [];
  readonly #claims = new Map<Member, AsyncIterator<Claim>>();

  constructor(under: StoreUnderTest) {
    this.under = under;
  }

  /** The store that was opened first. */
  get store(): RecordStore {
    const [store] = this.#opened;
    assert(store !== undefined);
    return store;
  }

  async open(): Promise<RecordStore> {
    const store = await within(this.under.open(), "the store to open");
    this.#opened.push(store);
    return store;
  }

  async close(): Promise<void> {
    await within(Promise.all(this.#opened.map((store) => store.close())), "the store to close");
  }

  /** A new topic. */
  async topic(partitions = 1): Promise<string> {
    const topic = `topic-${randomUUID()}`;
    await this.store.createTopic(topic, partitions);
    return topic;
  }

  /** The name of a new group. */
  group(): string {
    return `group-${randomUUID()}`;
  }

  /** Appends a record for each text, all in one call. */
  async append(partition: TopicPartition, ...texts: readonly string[]): Promise<readonly number[]> {
    const positions = await this.store.append(texts.map((text) => recordOf(partition, text)));
    return positions.map(({ offset }) => offset);
  }

  /** The texts of all records of a partition. */
  async texts(partition: TopicPartition): Promise<string[]> {
    const texts: string[] = [];
    for (let { begin: offset, end } = await this.store.bounds(partition); offset < end; ) {
      const batch = await this.store.read(partition, offset);
      texts.push(...textsOf(batch));
      offset = batch.next;
    }
    return texts;
  }

  async join(options: MemberOptions, store: RecordStore = this.store): Promise<Member> {
    return within(store.join(options), "join");
  }

  /** The next claim of a member. */
  async claim(member: Member): Promise<Claim> {
    const claims = this.#claims.get(member) ?? member.claims();
    this.#claims.set(member, claims);
    const { done, value } = await within(claims.next(), "a claim");
    assert(done !== true, "the claims of the member have ended");
    return value;
  }

  /** That many claims of a member, by name of the partition. */
  async claimAll(member: Member, count: number): Promise<Map<string, Claim>> {
    const claims = new Map<string, Claim>();
    for (let index = 0; index < count; index++) {
      const claim = await this.claim(member);
      claims.set(partitionName(claim), claim);
    }
    assert.equal(claims.size, count, "a partition was claimed twice");
    return claims;
  }

  /** The only claim of a new member of a group on a topic of one partition. */
  async only(options: MemberOptions): Promise<Claim> {
    return this.claim(await this.join(options));
  }

  /** As `only`, of a group and a topic that are new and hold a record for each text. */
  async holding(...texts: readonly string[]): Promise<Claim> {
    const topic = await this.topic();
    if (texts.length > 0) await this.append({ topic, partition: 0 }, ...texts);
    return this.only({ group: this.group(), topics: [topic] });
  }
}

export function recordOf({ topic, partition }: TopicPartition, text: string): NewRecord {
  return { topic, partition, key: null, value: utf8.encode(text) };
}

export function textsOf({ records }: Batch): string[] {
  return records.map(({ value }) => (value === null ? "null" : Buffer.from(value).toString()));
}

/** Fetches the next records of a claim: at least one has to come. */
export async function fetchTexts(claim: Claim, maxRecords?: number): Promise<string[]> {
  const limit = maxRecords === undefined ? {} : { maxRecords };
  return textsOf(await within(claim.fetch(limit), `records of ${partitionName(claim)}`));
}

/** Handles everything that a claim fetches next. */
export async function acknowledgeNext(claim: Claim): Promise<Batch> {
  const batch = await within(claim.fetch(), `records of ${partitionName(claim)}`);
  await claim.commit({ acknowledge: batch.next });
  return batch;
}

/** Fails unless an operation is refused with one of these codes. */
export async function refused(operation: Promise<unknown>, ...codes: readonly ErrorCode[]): Promise<void> {
  const outcome = await within(
    operation.then(
      () => undefined,
      (error: unknown) => error,
    ),
    "an error",
  );
  assert(outcome !== undefined, `not refused with ${codes.join(" or ")}`);
  if (!(outcome instanceof EventyError)) throw outcome;
  assert(
    codes.includes(outcome.code),
    `refused with ${outcome.code} (${outcome.message}), not ${codes.join(" or ")}`,
  );
}
