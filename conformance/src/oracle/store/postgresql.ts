import pg from "pg";
import type { Query } from "./sql-oracle.js";

const UNDEFINED_TABLE = "42P01";

/** Runs queries on a PostgreSQL database, each on a connection of its own: the server may be gone in between. */
export function queryPostgresql(url: string): Query {
  return async (sql, parameters) => {
    const client = new pg.Client({ connectionString: url });
    // Its end is noticed by the query.
    client.on("error", () => {});
    await client.connect();
    try {
      return (await client.query(sql, [...parameters])).rows;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return [];
      throw error;
    } finally {
      await client.end();
    }
  };
}
