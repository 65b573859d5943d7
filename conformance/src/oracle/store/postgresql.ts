import pg from "pg";
import type { Row } from "../../cases/database.js";
import type { Query } from "./sql-oracle.js";

const UNDEFINED_TABLE = "42P01";

/** Runs queries on a PostgreSQL database; without tables there are no rows. */
export function queryPostgresql(url: string): Query {
  return async (sql, parameters) => {
    try {
      return await runPostgresql(url, sql, parameters);
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return [];
      throw error;
    }
  };
}

/** Runs a statement on a connection of its own: the server may be gone in between. */
export async function runPostgresql(
  url: string,
  sql: string,
  parameters: readonly (string | number | Uint8Array | null)[],
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  // Its end is noticed by the statement.
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql, [...parameters])).rows;
  } finally {
    await client.end();
  }
}
