import type { Value } from "../record/index.js";
import type { HandlerState } from "./handler-context.js";
import { decodeValue, encodeValue } from "./state-value.js";
import type { TransactionBuffer } from "./transaction-buffer.js";

/** A state as a handler sees it: what is committed, and over it what is not committed yet. */
export class StateView implements HandlerState {
  readonly #name: string;
  readonly #read: (state: string, key: string) => Promise<Uint8Array | null>;
  readonly #buffer: () => TransactionBuffer;
  readonly #changes: TransactionBuffer | undefined;

  /**
   * @param read What is committed.
   * @param changes What has changed and is not committed yet.
   * @param buffer Gives where changes go, or throws if there may be none.
   */
  constructor(
    name: string,
    read: (state: string, key: string) => Promise<Uint8Array | null>,
    changes: TransactionBuffer | undefined,
    buffer: () => TransactionBuffer,
  ) {
    this.#name = name;
    this.#read = read;
    this.#changes = changes;
    this.#buffer = buffer;
  }

  async get(key: string): Promise<Value | undefined> {
    const change = this.#changes?.change(this.#name, key);
    const bytes = change === undefined ? await this.#read(this.#name, key) : change.value;
    return bytes === null ? undefined : decodeValue(bytes);
  }

  set(key: string, value: Value): void {
    this.#buffer().set({ state: this.#name, key, value: encodeValue(value) });
  }

  delete(key: string): void {
    this.#buffer().set({ state: this.#name, key, value: null });
  }
}
