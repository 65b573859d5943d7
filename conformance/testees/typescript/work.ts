import type { PostgresqlConnection } from "@eventy/sdk/store/postgresql";
import type { SqliteConnection } from "@eventy/sdk/store/sqlite";

/** Runs a statement in the transaction of a store; `$uuid` in it stands for the uuid of the record. */
export async function work(
  connection: SqliteConnection | PostgresqlConnection,
  statement: string,
  uuid: string,
): Promise<void> {
  const sql = statement.replaceAll("$uuid", `'${uuid}'`);
  if ("exec" in connection) connection.exec(sql);
  else await connection.query(sql);
}
