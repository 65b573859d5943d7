import pg from "pg";
import type { Database, OpenTransaction, Parameter, Row } from "../../cases/database.js";
import type { Query } from "./sql-oracle.js";

/** A table is not there, or was not a moment ago in the same transaction. */
const NO_TABLE: ReadonlySet<string | undefined> = new Set(["42P01", "25P02"]);

/** A PostgreSQL database as the suite sees it, on a connection that is made anew when it is lost. */
export class PostgresqlDatabase implements Database {
  readonly #url: string;
  #client: Promise<pg.Client> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  async run(sql: string, parameters: readonly Parameter[] = []): Promise<readonly Row[]> {
    this.#client ??= this.#connect();
    return (await (await this.#client).query(sql, [...parameters])).rows;
  }

  /** Runs queries; without tables there are no rows. */
  get query(): Query {
    return async (sql, parameters) => orNothing(this.run(sql, parameters));
  }

  /** Gives queries that all see the database as it is at one moment. */
  async freeze<T>(look: (query: Query) => Promise<T>): Promise<T> {
    const moment = await this.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    try {
      return await look((sql, parameters) => orNothing(moment.run(sql, parameters)));
    } finally {
      await moment.rollBack();
    }
  }

  async begin(sql = "BEGIN"): Promise<OpenTransaction> {
    const client = await connect(this.#url);
    const end = async (how: string): Promise<void> => {
      await client.query(how);
      await client.end();
    };
    await client.query(sql);
    return {
      run: async (sql, parameters = []) => (await client.query(sql, [...parameters])).rows,
      commit: () => end("COMMIT"),
      rollBack: () => end("ROLLBACK"),
    };
  }

  /** Ends its connection. Transactions that are open end with the database. */
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }

  #connect(): Promise<pg.Client> {
    const forget = (): void => {
      if (this.#client === connecting) this.#client = undefined;
    };
    const connecting = connect(this.#url, forget);
    connecting.catch(forget);
    return connecting;
  }
}

async function orNothing(rows: Promise<readonly Row[]>): Promise<readonly Row[]> {
  try {
    return await rows;
  } catch (error) {
    if (error instanceof pg.DatabaseError && NO_TABLE.has(error.code)) return [];
    throw error;
  }
}

async function connect(url: string, lost: () => void = () => {}): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // The server may be killed at any time. A statement that is under way notices by itself.
  client.on("error", lost);
  client.on("end", lost);
  await client.connect();
  return client;
}
