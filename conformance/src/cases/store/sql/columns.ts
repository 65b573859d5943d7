import type { BindingName } from "../../binding.js";
import type { BoundContext } from "../../case.js";
import { TABLES } from "./tables.js";

/** How to find the columns: table, column, type, whether it may be null, place in the primary key. */
const COLUMNS: { readonly [name in BindingName]?: string } = {
  sqlite: `SELECT t.name AS "table", c.name AS "column", upper(c.type) AS type,
      c."notnull" = 0 AND c.pk = 0 AS nullable, c.pk AS place
    FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'`,
  postgresql: `SELECT c.table_name AS "table", c.column_name AS "column",
      c.data_type || coalesce(' ' || c.collation_name, '') AS type,
      c.is_nullable = 'YES' AS nullable, coalesce(k.ordinal_position, 0) AS place
    FROM information_schema.columns c
    LEFT JOIN information_schema.table_constraints p
      ON p.table_schema = c.table_schema AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY'
    LEFT JOIN information_schema.key_column_usage k
      ON k.constraint_name = p.constraint_name AND k.table_schema = p.table_schema AND k.column_name = c.column_name
    WHERE c.table_schema = current_schema()`,
};

const KINDS: { readonly [type: string]: string } = {
  TEXT: "text",
  BIGINT: "integer",
  BLOB: "bytes",
  "text C": "text",
  bigint: "integer",
  bytea: "bytes",
};

/** The columns that the tables of the binding have in the database, a line each. */
export async function columnsOf({ testee, binding, database }: BoundContext): Promise<readonly string[]> {
  await testee.kill();
  const names = new Set(TABLES.map(({ name }) => name));
  const rows = await database.run(COLUMNS[binding.name] ?? "");
  return rows
    .filter((row) => names.has(String(row["table"])))
    .map((row) => {
      const type = String(row["type"]);
      const nullable = Number(row["nullable"]) === 1 ? " or null" : "";
      return `${row["table"]}.${row["column"]} ${KINDS[type] ?? type}${nullable} key ${Number(row["place"])}`;
    });
}
