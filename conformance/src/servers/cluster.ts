import type { Outage } from "../faults/faults.js";
import type { Server } from "./server.js";

/** The way from testees to one server of a cluster. */
export interface Way extends Outage {
  /** Has each request come so many milliseconds late from now on. */
  slow(delayMs: number): void;
}

/** One of the servers of a cluster. */
export interface Node extends Server {
  /** Counted from 0. */
  readonly index: number;
  readonly way: Way;
  /** Stops it where it is: its connections stay open, and nothing is answered. */
  pause(): void;
  /** Lets it go on. */
  resume(): void;
}

/** Several servers that hold one store. */
export interface Cluster {
  readonly nodes: readonly Node[];
  /** The one that leads a partition now. */
  leaderOf(topic: string, partition: number): Promise<Node>;
  /** The one that coordinates a group, or the transactions of a transactional id, now. */
  coordinatorOf(kind: "group" | "transaction", id: string): Promise<Node>;
}
