import { chownSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Who runs a server; empty: whoever runs this process. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** The number of "nobody" on most systems. It needs no name: a server that is not root is all that is wanted. */
const NOBODY = 65534;

/** PostgreSQL refuses to run as root: then it runs as nobody. */
export function serverUser(): User {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** A new folder that belongs to the user, where that one can reach it. */
export function createFolder(user: User): string {
  const parent = [tmpdir(), "/tmp", "/var/tmp"].find((folder) => canReach(user, folder)) ?? tmpdir();
  const folder = mkdtempSync(join(parent, "eventy-postgresql-"));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** Whether every folder on the way lets the user pass; clones of root often lie in folders that do not. */
export function canReach(user: User, path: string): boolean {
  if (user.uid === undefined) return true;
  const folder = resolve(path);
  const { mode } = statSync(folder);
  return (mode & 0o001) !== 0 && (folder === dirname(folder) || canReach(user, dirname(folder)));
}
