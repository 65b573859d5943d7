import { setImmediate } from "node:timers/promises";
import { Activity } from "../../src/processing/activity.js";
import {
  type EnvironmentOptions,
  environmentOf,
  groupsOf,
  type Handler,
  runClaim,
} from "../../src/processing/index.js";
import { EventyError } from "../../src/record/index.js";
import type { Claim, CrashMark, Member, Transaction } from "../../src/store/index.js";
import { MemoryStore } from "../../src/store/memory/index.js";
import { orders, tick } from "./fake-claim.js";
import { intercept } from "./intercept.js";

/** More turns of the event loop than anything needs that does not wait. */
const MANY_TURNS = 50;

export interface HeldOptions extends Partial<EnvironmentOptions> {
  /** How many ticks there are. */
  readonly records: number;
  readonly handlers: readonly Handler[];
  /** The mark that the claim finds. */
  readonly foundMark?: CrashMark;
  readonly drainTimeoutMs?: number;
}

/**
 * A partition of ticks in a store in memory, which is handled two at a time, and whose commits are held until the test
 * lets them pass.
 */
export class HeldRun {
  readonly store = new MemoryStore();
  readonly activity = new Activity();
  /** What happened, in order. Handlers add what they do. */
  readonly story: string[] = [];
  /** The handling of the partition. */
  ended: Promise<void> = Promise.resolve();
  readonly #held = new Map<number, (error?: Error) => void>();
  #member: Member | undefined;

  async start({
    records,
    handlers,
    foundMark,
    drainTimeoutMs = 60_000,
    ...options
  }: HeldOptions): Promise<void> {
    for (const topic of ["orders-events", "orders-requests", "orders-dead-letters"])
      await this.store.createTopic(topic, 1);
    const ticks = Array.from({ length: records }, (_, n) => tick(n));
    await this.store.append(
      ticks.map(({ key, value, headers }) => ({ topic: "orders-events", key, value, headers })),
    );
    const [group] = groupsOf(orders, handlers);
    if (group === undefined) throw new Error("no handlers");
    this.#member = await this.store.join({ group: group.name, topics: ["orders-events"] });
    for await (const claim of this.#member.claims()) {
      const held = intercept(this.#hold(claim), foundMark === undefined ? {} : { foundMark });
      const environment = environmentOf({ service: orders, ...options });
      const limits = { batch: { maxRecords: 2 }, drainTimeoutMs };
      this.ended = runClaim(held, group, environment, limits, this.activity);
      this.ended.catch(() => {});
      return;
    }
  }

  /** Lets the commit to an offset pass, when it is asked for, and waits until it is durable. */
  async pass(acknowledge: number): Promise<void> {
    (await this.#heldCommit(acknowledge))();
    await this.until(`committed ${acknowledge}`);
  }

  /** Has the commit to an offset fail. */
  async fail(acknowledge: number, code: ConstructorParameters<typeof EventyError>[0]): Promise<void> {
    (await this.#heldCommit(acknowledge))(new EventyError(code, "held, and then refused"));
  }

  /** Waits until something has happened. */
  async until(entry: string): Promise<void> {
    await this.#turnUntil(() => this.story.includes(entry), entry);
  }

  /** Waits until nothing happens any more. */
  async still(): Promise<void> {
    for (let turn = 0; turn < MANY_TURNS; turn++) await setImmediate();
  }

  /** Asks the run to end. */
  stop(): void {
    void this.#member?.leave();
  }

  acknowledged(): Promise<number | null> {
    return this.store.acknowledged("orders", { topic: "orders-events", partition: 0 });
  }

  #hold(claim: Claim): Claim {
    return intercept(claim, {
      mark: async (mark) => {
        this.story.push(`mark ${mark.offset}`);
        await claim.mark(mark);
      },
      append: async (records) => {
        this.story.push(`append ${records.length}`);
        await claim.append(records);
      },
      commit: (transaction) => this.#commit(claim, transaction),
      release: async () => {
        this.story.push("release");
        await claim.release();
      },
    });
  }

  async #commit(claim: Claim, transaction: Transaction): Promise<void> {
    const { acknowledge } = transaction;
    this.story.push(`commit ${acknowledge}`);
    const error = await new Promise<Error | undefined>((go) => this.#held.set(acknowledge, go));
    if (error !== undefined) throw error;
    // A store in memory has no transactions of its own for that.
    const { work, ...rest } = transaction;
    await work?.(undefined);
    await claim.commit(rest);
    this.story.push(`committed ${acknowledge}`);
  }

  async #heldCommit(acknowledge: number): Promise<(error?: Error) => void> {
    await this.#turnUntil(() => this.#held.has(acknowledge), `commit ${acknowledge}`);
    const go = this.#held.get(acknowledge) ?? (() => {});
    this.#held.delete(acknowledge);
    return go;
  }

  async #turnUntil(isSo: () => boolean, what: string): Promise<void> {
    while (!isSo()) {
      if (this.story.includes("release"))
        throw new Error(`the run ended before ${what}: ${this.story.join(", ")}`);
      await setImmediate();
    }
  }
}
