import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Guard } from "./guard.js";
import { freePort } from "./port.js";
import { findBinaries } from "./postgresql-binaries.js";
import { environment, PostgresqlServer, USER } from "./postgresql-server.js";
import { createFolder, serverUser, type User } from "./postgresql-user.js";

/** How a server differs from one with the defaults of PostgreSQL. */
export interface PostgresqlOptions {
  /** Settings of postgresql.conf, such as `max_connections`. Everything is durable unless said otherwise here. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** The folder is tried again, since a server that was killed may still write into it. */
const END = `
[ -f "$1/data/postmaster.pid" ] && kill -KILL "$(head -n 1 "$1/data/postmaster.pid")"
until rm -rf "$1"; do sleep 0.1; done
`;

/**
 * Starts a PostgreSQL server of its own on a free port of 127.0.0.1.
 *
 * It ends with this process, even if that is killed, and leaves nothing behind.
 *
 * @throws Error with the last lines of its log if it does not start.
 */
export async function startPostgresql(options: PostgresqlOptions = {}): Promise<PostgresqlServer> {
  const user = serverUser();
  const folder = createFolder(user);
  const guard = new Guard(END, folder);
  try {
    const { initdb, postgres } = await findBinaries(user, folder);
    const password = randomBytes(16).toString("hex");
    await createCluster(initdb, folder, password, user);
    const cluster = { postgres, folder, password, user, port: await freePort() };
    const server = new PostgresqlServer(cluster, guard, options.settings ?? {});
    await server.start();
    return server;
  } catch (error) {
    await guard.dismiss();
    throw error;
  }
}

async function createCluster(initdb: string, folder: string, password: string, user: User): Promise<void> {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const args = ["--pgdata", join(folder, "data"), "--username", USER, "--pwfile", passwordFile];
  args.push("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync");
  await promisify(execFile)(initdb, args, { ...user, cwd: folder, env: environment() });
}
