import { startPostgresql } from "@eventy/conformance/dist/src/servers/postgresql.js";

/** A PostgreSQL server for a run. */
export interface BenchServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The server that EVENTY_POSTGRES_URL names; without it, one that is started for the run, as durable as any. */
export async function benchServer(): Promise<BenchServer> {
  const url = process.env["EVENTY_POSTGRES_URL"];
  if (url !== undefined && url !== "") return { url, stop: async () => {} };
  const server = await startPostgresql();
  return { url: server.url, stop: () => server.stop() };
}
