import type Database from "libsql";
import type { SchemaDialect } from "../sql/migrations.js";
import { createSchemaTable, READ_SCHEMA_VERSION, statementsFrom } from "../sql/schema-version.js";

const SQLITE: SchemaDialect = { text: "TEXT", bigint: "BIGINT", bytes: "BLOB" };

/**
 * Brings the tables up to date. Takes the lock of a writer even if they are, so that a file that cannot be written
 * is noticed at once.
 */
export function migrate(database: Database.Database, file: string): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    database.exec(createSchemaTable(SQLITE));
    const [row] = database.prepare(READ_SCHEMA_VERSION).raw().all() as [version: number][];
    for (const statement of statementsFrom(row?.[0] ?? 0, SQLITE, file)) database.exec(statement);
    database.exec("COMMIT");
  } catch (error) {
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
