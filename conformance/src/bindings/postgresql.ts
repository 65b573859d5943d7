import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Need } from "../cases/binding.js";
import { PostgresqlProxy } from "../faults/postgresql/proxy.js";
import { Binding as BindingKind } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { PostgresqlDatabase } from "../oracle/store/postgresql.js";
import { POSTGRESQL_REFUSAL, SqlBackdoor } from "../oracle/store/sql-backdoor.js";
import { SqlOracle } from "../oracle/store/sql-oracle.js";
import { startPostgresql } from "../servers/postgresql.js";
import type { PostgresqlServer } from "../servers/postgresql-server.js";
import type { BindingHost, Lack, Place } from "./host.js";

/** Names a server to use instead of one that the suite starts. Its user must be allowed to create databases. */
const VARIABLE = "EVENTY_POSTGRES_URL";

/** With these, a client goes on without encryption where there is none: a proxy can only read what is plain. */
const PLAIN: ReadonlySet<string | null> = new Set([null, "disable", "allow", "prefer"]);

/** Stores in databases of a PostgreSQL server, one for each case. */
export class PostgresqlHost implements BindingHost {
  readonly name = "postgresql";
  readonly isSelfObserved = false;
  readonly #external: string | undefined = process.env[VARIABLE] || undefined;
  /** The server that cases share, started for the first of them. */
  #shared: Promise<PostgresqlServer> | undefined;

  lacks(need: Need): Lack | undefined {
    if (need === "cluster") return { reason: "PostgreSQL has one server" };
    if (this.#external === undefined) return undefined;
    if (need === "server") return { reason: `the server of ${VARIABLE} is not to be killed`, isHere: true };
    const sslMode = new URL(this.#external).searchParams.get("sslmode");
    if (need !== "proxy" || PLAIN.has(sslMode)) return undefined;
    return { reason: `a proxy cannot read sslmode=${sslMode} of ${VARIABLE}`, isHere: true };
  }

  async open(needs: readonly Need[]): Promise<Place> {
    const own = needs.includes("server") ? await startPostgresql() : undefined;
    const admin = own?.url ?? (await this.#sharedUrl());
    const name = `eventy_${randomBytes(8).toString("hex")}`;
    await execute(admin, `CREATE DATABASE ${name}`);
    const url = withDatabase(admin, name);
    const proxy = needs.includes("proxy") ? await PostgresqlProxy.start(url) : undefined;
    const openDirect = { binding: BindingKind.POSTGRESQL, location: url };
    const database = new PostgresqlDatabase(url);
    return {
      binding: { name: "postgresql", open: { ...openDirect, location: proxy?.url ?? url }, openDirect },
      ...(proxy && { faults: proxy }),
      ...(own && { server: own }),
      oracle: () => new SqlOracle(database.query, (look) => database.freeze(look)),
      database: () => database,
      backdoor: () => new SqlBackdoor(database, POSTGRESQL_REFUSAL),
      close: async () => {
        await proxy?.close();
        await database.close();
        if (own === undefined) await execute(admin, `DROP DATABASE ${name} WITH (FORCE)`);
        else await own.stop();
      },
    };
  }

  async close(): Promise<void> {
    await (await this.#shared?.catch(() => undefined))?.stop();
  }

  async #sharedUrl(): Promise<string> {
    if (this.#external !== undefined) return this.#external;
    this.#shared ??= startPostgresql();
    return (await this.#shared).url;
  }
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
