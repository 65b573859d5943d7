import type { ChildProcess } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import type { Drain } from "../store/drain.js";
import type { Flow } from "./flow.js";
import { stopProcess } from "./start.js";
import type { Topics } from "./topics.js";

/** Who handles a flow. */
export interface PeerPlan {
  readonly name: string;
  readonly flow: Flow;
  /** How many records there are to be in a turn at least. */
  readonly fewest: number;
  /** Starts a process that handles the flow until its standard input ends. */
  readonly start: () => ChildProcess;
  /** How many of these processes share the partitions. Default: 1. */
  readonly processes?: number;
}

/** Processes that handle a flow. They start at the first turn, and run on. */
export class Peer implements Drain {
  readonly name: string;
  readonly fewest: number;
  readonly #plan: PeerPlan;
  readonly #topics: Topics;
  readonly #children: ChildProcess[] = [];
  #ends: readonly number[] = [];
  #ended: string | undefined;

  constructor(plan: PeerPlan, topics: Topics) {
    this.name = plan.name;
    this.fewest = plan.fewest;
    this.#plan = plan;
    this.#topics = topics;
  }

  get pids(): readonly number[] {
    return this.#children.flatMap(({ pid }) => pid ?? []);
  }

  async fill(records: number): Promise<void> {
    const { flow } = this.#plan;
    if (this.#children.length === 0) {
      await this.#topics.create([flow.input, flow.output], flow.partitions);
      this.#start();
    }
    this.#ends = await this.#topics.fill(flow, records);
  }

  async drain(): Promise<void> {
    while (!(await this.#topics.isHandled(this.#plan.flow, this.#ends))) {
      if (this.#ended !== undefined) throw new Error(this.#ended);
      await setTimeout(10);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.map(stopProcess));
  }

  #start(): void {
    const { start, processes = 1 } = this.#plan;
    for (let i = 0; i < processes; i++) {
      const child = start();
      child.once("exit", (code, signal) => {
        this.#ended = `${this.name} ended with ${code ?? signal}`;
      });
      this.#children.push(child);
    }
  }
}
