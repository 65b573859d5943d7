import type { SchemaDialect } from "../sql/migrations.js";
import { createSchemaTable, READ_SCHEMA_VERSION, statementsFrom } from "../sql/schema-version.js";
import type { Session } from "./session.js";
import { LOCK_SCHEMA, SCHEMA_EXISTS, TABLES_EXIST } from "./statements/connection.js";
import { transaction } from "./transaction.js";

const DIALECT: SchemaDialect = { text: 'text COLLATE "C"', bigint: "bigint", bytes: "bytea" };

/**
 * Makes the tables, or brings them up to date. Several processes may do it at once.
 *
 * @throws EventyError STORE_FAILED if they are of a version that this package does not know
 */
export async function migrate(session: Session, schema: string | undefined): Promise<void> {
  // Mostly all is there, and nothing is to be locked or written.
  if (
    (await exists(session, schema)) &&
    statementsFrom(await versionOf(session), DIALECT, session.where).length === 0
  )
    return;
  await transaction(session, async () => {
    await session.query(LOCK_SCHEMA);
    if (schema !== undefined && !(await hasSchema(session, schema))) {
      await session.query({ text: `CREATE SCHEMA ${quote(schema)}` });
    }
    await session.query({ text: createSchemaTable(DIALECT) });
    for (const text of statementsFrom(await versionOf(session), DIALECT, session.where)) {
      await session.query({ text });
    }
  });
}

async function exists(session: Session, schema: string | undefined): Promise<boolean> {
  const [row] = await session.query<{ found: boolean }>({ ...TABLES_EXIST, values: [schema ?? null] });
  return row?.found ?? false;
}

async function hasSchema(session: Session, schema: string): Promise<boolean> {
  const [row] = await session.query<{ found: boolean }>({ ...SCHEMA_EXISTS, values: [schema] });
  return row?.found ?? false;
}

async function versionOf(session: Session): Promise<number> {
  const [row] = await session.query<{ version: string }>({ text: READ_SCHEMA_VERSION });
  return Number(row?.version ?? 0);
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
