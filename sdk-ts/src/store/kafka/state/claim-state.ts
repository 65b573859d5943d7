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

/** The states of a group for a partition that it has a claim on. Each is read when it is first asked for. */
export class ClaimState {
  readonly #claim: TopicPartition & { readonly group: string };
  readonly #topics: Topics;
  readonly #reader: Pick<RecordStore, "bounds" | "read">;
  readonly #values = new Map<string, Map<string, Uint8Array>>();

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
    const values = this.#values.get(state) ?? (await this.#load(state));
    this.#values.set(state, values);
    const value = values.get(key);
    return value === undefined ? null : Uint8Array.from(value);
  }

  /** Of several changes of a key, the last one counts. */
  async prepare(changes: readonly StateChange[]): Promise<PreparedChanges> {
    const last = new Map<string, StateChange>();
    for (const { state, key, value } of changes) {
      last.set(JSON.stringify([state, key]), { state, key, value: value && Uint8Array.from(value) });
    }
    const topics = new Map<string, string>();
    for (const { state } of last.values()) {
      if (!topics.has(state)) topics.set(state, await this.#create(state));
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
        for (const change of last.values()) this.#change(change);
      },
    };
  }

  #change({ state, key, value }: StateChange): void {
    const values = this.#values.get(state);
    if (value === null) values?.delete(key);
    else values?.set(key, value);
  }

  async #create(state: string): Promise<string> {
    const topic = this.#topicOf(state);
    await this.#topics.ensure(topic, await this.#topics.partitionsOf(this.#claim.topic), CONFIG);
    return topic;
  }

  async #load(state: string): Promise<Map<string, Uint8Array>> {
    const values = new Map<string, Uint8Array>();
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
