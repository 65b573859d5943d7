import { EventyError } from "../../../record/index.js";
import type { StateChange } from "../../claim.js";
import type { RecordStore } from "../../record-store.js";
import type { TopicPartition } from "../../stored-record.js";
import { LatestValues } from "../latest-values.js";
import type { Topics } from "../topics.js";
import type { Placed } from "../writing/placed.js";
import { changelogOf } from "./changelog.js";

const CONFIG = { "cleanup.policy": "compact" };

/** Changes that are to be in a transaction. */
export interface PreparedChanges {
  readonly records: readonly Placed[];
  /** To be called when the transaction has happened. */
  apply(): void;
}

type Values = Map<string, Uint8Array>;

/**
 * The states of a group for a partition that it has a claim on. Each is read once: before it is first asked for or
 * changed. Later would be too late, since what was committed may be seen a moment after the answer only.
 */
export class ClaimState {
  readonly #claim: TopicPartition & { readonly group: string };
  readonly #topics: Topics;
  readonly #reader: Pick<RecordStore, "bounds" | "read">;
  readonly #values = new Map<string, Promise<Values>>();

  constructor(
    claim: TopicPartition & { readonly group: string },
    topics: Topics,
    reader: Pick<RecordStore, "bounds" | "read">,
  ) {
    this.#claim = claim;
    this.#topics = topics;
    this.#reader = reader;
  }

  async get(state: string, key: string): Promise<Uint8Array | null> {
    const value = (await this.#valuesOf(state)).get(key);
    return value === undefined ? null : Uint8Array.from(value);
  }

  /** Of several changes of a key, the last one counts. */
  async prepare(changes: readonly StateChange[]): Promise<PreparedChanges> {
    const last = new Map<string, StateChange>();
    for (const { state, key, value } of changes) {
      last.set(JSON.stringify([state, key]), { state, key, value: value && Uint8Array.from(value) });
    }
    const topics = new Map<string, string>();
    const values = new Map<string, Values>();
    for (const { state } of last.values()) {
      if (topics.has(state)) continue;
      topics.set(state, await this.#create(state));
      values.set(state, await this.#valuesOf(state));
    }
    const { partition } = this.#claim;
    const records = [...last.values()].map(({ state, key, value }) => ({
      topic: topics.get(state) ?? "",
      partition,
      key,
      value,
    }));
    return {
      records,
      apply: () => {
        for (const { state, key, value } of last.values()) {
          if (value === null) values.get(state)?.delete(key);
          else values.get(state)?.set(key, value);
        }
      },
    };
  }

  #valuesOf(state: string): Promise<Values> {
    const known = this.#values.get(state);
    if (known !== undefined) return known;
    const values = this.#load(state);
    this.#values.set(state, values);
    values.catch(() => this.#values.delete(state));
    return values;
  }

  async #create(state: string): Promise<string> {
    const topic = this.#topicOf(state);
    await this.#topics.ensure(topic, await this.#topics.partitionsOf(this.#claim.topic), CONFIG);
    return topic;
  }

  async #load(state: string): Promise<Values> {
    const values: Values = new Map();
    try {
      const { partition } = this.#claim;
      const log = new LatestValues(this.#reader, { topic: this.#topicOf(state), partition });
      for (const [key, { value }] of await log.read()) if (value !== null) values.set(key, value);
    } catch (error) {
      if (!(error instanceof EventyError) || error.code !== "UNKNOWN_TOPIC") throw error;
    }
    return values;
  }

  #topicOf(state: string): string {
    return changelogOf(this.#claim.group, state, this.#claim.topic);
  }
}
