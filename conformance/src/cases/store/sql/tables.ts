import type { BindingName } from "../../binding.js";

/** The kinds of columns that the binding has. */
type Kind = "text" | "integer" | "bytes";

interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly isNullable: boolean;
}

/** A table of the SQL binding. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns of the primary key, in their order. */
  readonly key: readonly string[];
}

/** The tables of the SQL binding, version 1, as its chapter has them. */
export const TABLES: readonly Table[] = [
  table("eventy_schema", [integer("version")]),
  table("eventy_topic", [integer("topic_id"), text("name"), integer("partitions")], ["topic_id"]),
  table(
    "eventy_head",
    ["topic_id", "partition_id", "begin_offset", "end_offset", "appended_at"].map(integer),
    ["topic_id", "partition_id"],
  ),
  table(
    "eventy_record",
    [
      ...["topic_id", "partition_id", "record_offset", "appended_at"].map(integer),
      orNull(text("record_key")),
      orNull(bytes("value")),
      text("headers"),
    ],
    ["topic_id", "partition_id", "record_offset"],
  ),
  table(
    "eventy_cursor",
    [
      text("group_name"),
      ...["topic_id", "partition_id", "acknowledged", "epoch"].map(integer),
      orNull(text("owner")),
      ...["backend_pid", "mark_offset", "mark_until", "mark_attempt"].map(integer).map(orNull),
    ],
    ["group_name", "topic_id", "partition_id"],
  ),
  table(
    "eventy_member",
    [text("member"), text("group_name"), text("topics"), integer("expires_at")],
    ["member"],
  ),
  table(
    "eventy_state",
    [
      text("group_name"),
      text("state"),
      integer("topic_id"),
      integer("partition_id"),
      text("state_key"),
      bytes("value"),
    ],
    ["group_name", "topic_id", "partition_id", "state", "state_key"],
  ),
];

const TYPES: { readonly [name in BindingName]?: { readonly [kind in Kind]: string } } = {
  sqlite: { text: "TEXT", integer: "BIGINT", bytes: "BLOB" },
  postgresql: { text: 'text COLLATE "C"', integer: "bigint", bytes: "bytea" },
};

/** What makes the tables in a database that has none of them. */
export function creationOf(binding: BindingName): readonly string[] {
  return TABLES.map(({ name, columns, key }) => {
    const parts = columns.map((column) => {
      const type = TYPES[binding]?.[column.kind];
      return `${column.name} ${type}${column.isNullable ? "" : " NOT NULL"}`;
    });
    if (key.length > 0) parts.push(`PRIMARY KEY (${key.join(", ")})`);
    return `CREATE TABLE ${name} (${parts.join(", ")})`;
  });
}

function table(name: string, columns: readonly Column[], key: readonly string[] = []): Table {
  return { name, columns, key };
}

function text(name: string): Column {
  return { name, kind: "text", isNullable: false };
}

function integer(name: string): Column {
  return { name, kind: "integer", isNullable: false };
}

function bytes(name: string): Column {
  return { name, kind: "bytes", isNullable: false };
}

function orNull(column: Column): Column {
  return { ...column, isNullable: true };
}
