import pg from "pg";

/** A database of its own for one contender, so that nothing that another one leaves weighs on it. */
export interface BenchDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Creates an empty database on the server; one of that name that an earlier run has left is dropped. */
export async function createDatabase(serverUrl: string, name: string): Promise<BenchDatabase> {
  const database = `eventy_bench_${name}`;
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  const drop = (): Promise<void> => onServer(serverUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await drop();
  await onServer(serverUrl, `CREATE DATABASE ${database}`);
  return { url: url.href, drop };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
