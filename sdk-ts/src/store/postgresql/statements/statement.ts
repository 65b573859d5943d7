import { STATEMENTS, type StatementName } from "../../sql/statements.js";
import type { PostgresqlStatement } from "../client.js";

/** A statement that is prepared once for each connection. */
export function prepared(name: string, text: string): PostgresqlStatement {
  return { name: `eventy_${name}`, text };
}

/** One that reads the same in both databases. */
export function shared(name: StatementName, values: readonly unknown[]): PostgresqlStatement {
  return { ...prepared(name, STATEMENTS[name]), values };
}

/** Milliseconds since 1970 by the clock of the database. */
export const NOW = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
