import { startPostgresql } from "../../src/servers/postgresql.js";
import type { PostgresqlServer } from "../../src/servers/postgresql-server.js";

let server: PostgresqlServer | undefined;

/** Starts one server for a run of tests, unless `EVENTY_POSTGRES_URL` names one. */
export async function setup(): Promise<void> {
  if (process.env["EVENTY_POSTGRES_URL"]) return;
  server = await startPostgresql();
  process.env["EVENTY_POSTGRES_URL"] = server.url;
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
