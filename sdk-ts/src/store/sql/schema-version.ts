import { EventyError } from "../../record/index.js";
import { MIGRATIONS, type SchemaDialect } from "./migrations.js";

/** Makes the table that holds the version, if it is not there. It has one row once the tables are there. */
export function createSchemaTable({ bigint }: SchemaDialect): string {
  return `CREATE TABLE IF NOT EXISTS eventy_schema (version ${bigint} NOT NULL)`;
}

export const READ_SCHEMA_VERSION = "SELECT version FROM eventy_schema";

/**
 * The statements that bring tables of some version up to date, to be run in one transaction; none if they are.
 *
 * @param version what {@link READ_SCHEMA_VERSION} found; 0 if it found no row
 * @param where names the database in the error
 * @throws EventyError STORE_FAILED if the tables are of a version that this package does not know
 */
export function statementsFrom(version: number, dialect: SchemaDialect, where: string): readonly string[] {
  const known = MIGRATIONS.length;
  if (version > known) {
    throw new EventyError(
      "STORE_FAILED",
      `${where} has tables of version ${version}, and this package knows version ${known} and older: upgrade it.`,
    );
  }
  if (version === known) return [];
  return [
    ...MIGRATIONS.slice(version).flatMap((migration) => migration(dialect)),
    version === 0
      ? `INSERT INTO eventy_schema (version) VALUES (${known})`
      : `UPDATE eventy_schema SET version = ${known}`,
  ];
}
