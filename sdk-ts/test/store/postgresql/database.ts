import { randomUUID } from "node:crypto";
import pg from "pg";

/** A database of a test's own, and statements that it runs there beside the store. */
export interface TestDatabase {
  readonly url: string;
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  end(): Promise<void>;
}

/** An empty database on the server that the tests share. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = process.env["EVENTY_POSTGRES_URL"];
  if (server === undefined) throw new Error("EVENTY_POSTGRES_URL is not set");
  const name = `test-${randomUUID()}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`CREATE DATABASE "${name}"`);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return connectTo(url.href);
}

export function connectTo(url: string): TestDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // Servers of tests are killed.
  pool.on("error", () => undefined);
  return {
    url,
    query: async (text, values = []) => (await pool.query(text, [...values])).rows,
    end: () => pool.end(),
  };
}
