import { EventyError } from "../../record/index.js";
import type { Partitioner } from "../partitioner.js";
import type { ConnectionSettings, CreateClient } from "./client.js";

/** How a {@link PostgresqlStore} connects and works. */
export interface PostgresqlStoreOptions extends ConnectionSettings {
  /** Makes its connections: all statements of the store go through what it returns. Default: those of `pg`. */
  readonly createClient?: CreateClient;
  /** Schema of the store's tables; it is made if it is not there. Default: the first one of the search path. */
  readonly schema?: string;
  /** Connections for reading and writing. Two more are for the lease and for notifications. Default: 4. */
  readonly maxConnections?: number;
  /**
   * Milliseconds after which a process that is not heard of is dead, and others take its partitions over; also how
   * long a transaction may wait for its client. Default: 10,000.
   */
  readonly leaseMs?: number;
  /** Milliseconds after which records are found whose notification got lost. Default: 1000. */
  readonly pollMs?: number;
  /** Milliseconds that a statement may take. Default: `leaseMs`. */
  readonly statementTimeoutMs?: number;
  /** Milliseconds that the work of a transaction may take; less than `leaseMs`. Default: half of it. */
  readonly workTimeoutMs?: number;
  /** Default: murmur2, as the protocol says. */
  readonly partitioner?: Partitioner;
}

/** The options with their defaults. */
export interface Settings {
  readonly connection: ConnectionSettings;
  readonly createClient: CreateClient | undefined;
  readonly schema: string | undefined;
  readonly maxConnections: number;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly statementTimeoutMs: number;
  readonly workTimeoutMs: number;
}

/** @throws EventyError INVALID_ARGUMENT if a number is not a positive integer, or the work may outlast the lease */
export function settingsOf(options: PostgresqlStoreOptions): Settings {
  const {
    createClient,
    schema,
    maxConnections = 4,
    leaseMs = 10_000,
    pollMs = 1000,
    statementTimeoutMs = leaseMs,
    workTimeoutMs = Math.ceil(leaseMs / 2),
    partitioner: _,
    ...connection
  } = options;
  const numbers = { maxConnections, leaseMs, pollMs, statementTimeoutMs, workTimeoutMs };
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new EventyError("INVALID_ARGUMENT", `${name} is ${value}, and has to be a positive integer.`);
    }
  }
  if (workTimeoutMs >= leaseMs) {
    throw new EventyError(
      "INVALID_ARGUMENT",
      `workTimeoutMs is ${workTimeoutMs}, and has to be less than leaseMs, ${leaseMs}.`,
    );
  }
  return { connection, createClient, schema, ...numbers };
}
