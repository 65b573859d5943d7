import { EventyError } from "../../record/index.js";

/** Where and how to connect; the same names as in `pg`. What is missing comes from the environment (`PGHOST` …). */
export interface ConnectionSettings {
  /** Such as `postgresql://user:password@host:5432/database`. */
  readonly connectionString?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string | (() => string | Promise<string>);
  readonly database?: string;
  readonly ssl?: boolean | object;
}

/** What a store asks of a new connection. */
export interface ClientSettings extends ConnectionSettings {
  readonly application_name: string;
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: boolean;
  readonly keepAliveInitialDelayMillis: number;
}

/** A statement. */
export interface PostgresqlStatement {
  readonly text: string;
  /** It is prepared once for each connection under this name. */
  readonly name?: string;
  readonly values?: readonly unknown[];
  /** `array`: rows are arrays. Default: they are objects. */
  readonly rowMode?: "array";
}

/** What a statement gives. Integers of 64 bits are decimal texts. */
export interface PostgresqlResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly unknown[];
}

/** What a {@link PostgresqlStore} needs of a client; a `Client` of `pg` is one. */
export interface PostgresqlClient {
  readonly host?: string;
  readonly port?: number;
  readonly database?: string | undefined;
  connect(): Promise<unknown>;
  /** @throws an error with `severity` and the SQLSTATE as `code` if it comes from the server */
  query(statement: PostgresqlStatement): Promise<PostgresqlResult>;
  /** Ends the connection at once, also in the middle of a statement. */
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  on(event: "notification", listener: (message: PostgresqlNotification) => void): unknown;
}

export interface PostgresqlNotification {
  readonly channel: string;
  readonly payload?: string | undefined;
}

/** Makes the client of a new connection, which is not yet open. */
export type CreateClient = (settings: ClientSettings) => PostgresqlClient;

/**
 * Clients of the package `pg`, which is loaded when the first connection is made.
 *
 * @throws EventyError STORE_FAILED if it is not installed
 */
export async function clientsOfPg(): Promise<CreateClient> {
  try {
    const { default: pg } = await import("pg");
    return (settings) => new pg.Client(settings) as PostgresqlClient;
  } catch (cause) {
    throw new EventyError("STORE_FAILED", "The package pg is needed: install it, or give createClient.", {
      cause,
    });
  }
}
