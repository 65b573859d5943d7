import { EventyError } from "../record/index.js";
import type { NewRecord, StateChange, Transaction } from "../store/index.js";
import type { Sink } from "./sink.js";

/** What an output costs in memory besides its bytes, roughly. */
const OVERHEAD_BYTES = 64;

type Work = (connection: unknown) => Promise<void>;

/** Everything that is to become durable with an acknowledgement. Each step can be undone, back to a savepoint. */
export class TransactionBuffer implements Sink {
  readonly #limit: number;
  readonly #records: NewRecord[] = [];
  readonly #state = new Map<string, StateChange>();
  /** What the state was like before each change. */
  readonly #before: { readonly place: string; readonly change: StateChange | undefined }[] = [];
  readonly #works: Work[] = [];
  #earlier: TransactionBuffer | undefined;
  #bytes = 0;

  /**
   * @param limit Bytes of everything together.
   * @param earlier What is to become durable before, and is not yet.
   */
  constructor(limit: number, earlier?: TransactionBuffer) {
    this.#limit = limit;
    this.#earlier = earlier;
  }

  /** Whether there is work for the store's own transaction. */
  get hasWork(): boolean {
    return this.#works.length > 0;
  }

  /** @throws BufferFull */
  add(record: NewRecord): undefined {
    this.#reserve(record.value);
    this.#records.push(record);
  }

  /** Takes a dead letter. There is always room: it is no larger than what was read. */
  addLetter(record: NewRecord): void {
    this.#records.push(record);
  }

  /** The last change of a key that is not durable yet, if it has one. */
  change(state: string, key: string): StateChange | undefined {
    return this.#state.get(placeOf(state, key)) ?? this.#earlier?.change(state, key);
  }

  /** @throws BufferFull */
  set(change: StateChange): void {
    this.#reserve(change.value);
    const place = placeOf(change.state, change.key);
    this.#before.push({ place, change: this.#state.get(place) });
    this.#state.set(place, change);
  }

  /** Work for the store's own transaction. */
  addWork(work: Work): void {
    this.#works.push(work);
  }

  savepoint(): () => void {
    const [records, works, bytes] = [this.#records.length, this.#works.length, this.#bytes];
    const changes = this.#before.length;
    return () => {
      this.#records.length = records;
      this.#works.length = works;
      this.#bytes = bytes;
      for (const { place, change } of this.#before.splice(changes).reverse()) {
        if (change === undefined) this.#state.delete(place);
        else this.#state.set(place, change);
      }
    };
  }

  /** All of it, and the acknowledgement. What was to become durable before is so by now. */
  transaction(acknowledge: number): Transaction {
    this.#earlier = undefined;
    const all = { acknowledge, records: this.#records, state: [...this.#state.values()] };
    if (!this.hasWork) return all;
    return { ...all, work: (connection) => this.#work(connection) };
  }

  async #work(connection: unknown): Promise<void> {
    for (const work of this.#works) await work(connection);
  }

  #reserve(value: Uint8Array | null): void {
    const bytes = this.#bytes + (value?.length ?? 0) + OVERHEAD_BYTES;
    if (bytes > this.#limit) throw new BufferFull(this.#limit);
    this.#bytes = bytes;
  }
}

/** There is no room for what a handler emits. */
export class BufferFull extends EventyError {
  constructor(limit: number) {
    super(
      "LIMIT_EXCEEDED",
      `outputs and state changes of one transaction exceed ${limit} bytes: emit less for one record, or raise bufferBytes`,
    );
  }
}

function placeOf(state: string, key: string): string {
  return `${state.length}:${state}${key}`;
}
