import { STATEMENTS, type StatementName } from "../sql/statements.js";

/** A shared statement in the words of SQLite, which numbers parameters as `?1`. */
export function sql(name: StatementName): string {
  return STATEMENTS[name].replaceAll("$", "?");
}
