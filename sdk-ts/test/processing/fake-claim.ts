import { jsonCodec } from "../../src/codec/json/index.js";
import {
  Commits,
  type EnvironmentOptions,
  environmentOf,
  groupsOf,
  type Handler,
  type Job,
  RunControl,
  Service,
} from "../../src/processing/index.js";
import { createEvent, type Data, type EventyRecord } from "../../src/record/index.js";
import type { Batch, Claim, CrashMark, NewRecord, StoredRecord, Transaction } from "../../src/store/index.js";

export const orders: Service = new Service("orders");
export const codec: ReturnType<typeof jsonCodec> = jsonCodec();

/** What was asked of a claim, in order. */
export type Step =
  | { readonly append: readonly NewRecord[] }
  | { readonly commit: Transaction }
  | { readonly mark: CrashMark };

/** A claim that notes what it is asked, and fails where it is told to. */
export class FakeClaim implements Claim {
  readonly group = "orders";
  readonly topic = "orders-events";
  readonly partition = 0;
  readonly foundMark: CrashMark | null;
  readonly acknowledged = 0;
  readonly stopping = new AbortController();
  readonly steps: Step[] = [];
  readonly committed = new Map<string, Uint8Array>();
  /** Thrown by the next calls, one by one; undefined: none is. */
  readonly errors: (Error | undefined)[] = [];

  constructor(foundMark: CrashMark | null = null) {
    this.foundMark = foundMark;
  }

  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  async fetch(): Promise<Batch> {
    return { records: [], next: 0 };
  }

  rewind(): void {}

  async mark(mark: CrashMark): Promise<void> {
    this.#fail();
    this.steps.push({ mark });
  }

  async append(records: readonly NewRecord[]): Promise<void> {
    this.#fail();
    this.steps.push({ append: records });
  }

  async commit(transaction: Transaction): Promise<void> {
    this.#fail();
    await transaction.work?.("connection");
    // What is given belongs to the caller, who may change it afterwards.
    this.steps.push({ commit: { ...transaction, records: [...(transaction.records ?? [])] } });
    for (const { state, key, value } of transaction.state ?? []) {
      if (value === null) this.committed.delete(`${state} ${key}`);
      else this.committed.set(`${state} ${key}`, value);
    }
  }

  async state(state: string, key: string): Promise<Uint8Array | null> {
    this.#fail();
    return this.committed.get(`${state} ${key}`) ?? null;
  }

  async release(): Promise<void> {}

  /** The steps in short: `append Noted 1`, `commit 2: Noted 1, Noted 2`. */
  get story(): string[] {
    return this.steps.map((step) => {
      if ("mark" in step) return `mark ${step.mark.offset}-${step.mark.until} ${step.mark.attempt}`;
      if ("append" in step) return `append ${step.append.map(nameOf).join(", ")}`;
      const outputs = (step.commit.records ?? []).map(nameOf).join(", ");
      return `commit ${step.commit.acknowledge}${outputs === "" ? "" : `: ${outputs}`}`;
    });
  }

  #fail(): void {
    const error = this.errors.shift();
    if (error !== undefined) throw error;
  }
}

/** The name of a record and its number. */
function nameOf({ topic, value }: NewRecord): string {
  if (topic === "orders-dead-letters") return "dead letter";
  const record = decoded(value);
  return `${record.name} ${record.data["n"]}`;
}

export function decoded(value: Uint8Array | null): EventyRecord {
  return codec.decode(value ?? new Uint8Array());
}

/** Bytes as they stand in orders-events/0. */
export function storedAt(offset: number, value: Uint8Array | null): StoredRecord {
  const headers = { "content-type": codec.contentType };
  return { topic: "orders-events", partition: 0, offset, key: null, value, headers, appendedAt: 0 };
}

/** An event Tick with the number n, at the offset n. */
export function tick(n: number, data: Data = {}): StoredRecord {
  const uuid = `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
  const identity = { uuid, correlationId: `ticks:${n}`, date: 0 };
  return storedAt(
    n,
    codec.encode(createEvent({ namespace: "urn:orders", name: "Tick", ...identity, data: { ...data, n } })),
  );
}

/** A batch of ticks with the numbers 0 to count, exclusive. */
export function ticks(count: number): Batch {
  return { records: Array.from({ length: count }, (_, n) => tick(n)), next: count };
}

/** What handleBatch needs. */
export function jobOf(
  claim: FakeClaim,
  handlers: readonly Handler[],
  options: Partial<EnvironmentOptions> & { readonly drainTimeoutMs?: number } = {},
): Job {
  const [group] = groupsOf(orders, handlers);
  if (group === undefined) throw new Error("no handlers");
  const control = new RunControl(claim.signal, options.drainTimeoutMs ?? 60_000);
  const environment = environmentOf({ service: orders, ...options });
  return { claim, group, environment, control, commits: new Commits(control) };
}

/** What an event says of itself in these tests. */
export function numberOf({ data }: { readonly data: Data }): number {
  return Number(data["n"]);
}
