import type { CrashMark, StateChange } from "../claim.js";

/** How far a group has come in a partition, and its state there. */
export class MemoryCursor {
  acknowledged: number;
  epoch = 0;
  held = false;
  mark: CrashMark | null = null;
  readonly #state = new Map<string, Uint8Array>();

  constructor(acknowledged: number) {
    this.acknowledged = acknowledged;
  }

  state(state: string, key: string): Uint8Array | null {
    return this.#state.get(stateKey(state, key))?.slice() ?? null;
  }

  change({ state, key, value }: StateChange): void {
    if (value === null) this.#state.delete(stateKey(state, key));
    else this.#state.set(stateKey(state, key), new Uint8Array(value));
  }
}

function stateKey(state: string, key: string): string {
  return JSON.stringify([state, key]);
}
