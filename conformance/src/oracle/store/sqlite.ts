import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { makeTempFolder, removeTempFolder } from "../../bindings/temp-folder.js";
import type { Parameter, Row } from "../../cases/database.js";

/**
 * Runs a query on what a SQLite file and its log hold; no process has it open.
 *
 * It reads a copy: to open the file itself would recover it, and that is up to the implementation.
 */
export function readSqlite(
  file: string,
  sql: string,
  parameters: readonly (string | number)[],
): readonly Row[] {
  if (!existsSync(file)) return [];
  const folder = makeTempFolder();
  try {
    for (const suffix of ["", "-wal"]) {
      if (existsSync(file + suffix)) copyFileSync(file + suffix, join(folder, `copy.db${suffix}`));
    }
    const database = new Database(join(folder, "copy.db"));
    try {
      const tables = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'eventy_topic'").all();
      if (tables.length === 0) return [];
      const statement = database.prepare(sql.replace(/\$(\d+)/g, "?$1"));
      return statement.all(...parameters) as Row[];
    } finally {
      database.close();
    }
  } finally {
    removeTempFolder(folder);
  }
}

/**
 * Runs a statement on a SQLite file that no process has open.
 *
 * Without a log of its own, the file can be opened by others afterwards: libsql ends a connection for good only when
 * its statements are collected as garbage, and until then it would hold the locks of the log.
 */
export function runSqlite(file: string, sql: string, parameters: readonly Parameter[]): readonly Row[] {
  const database = new Database(file);
  try {
    database.prepare("PRAGMA journal_mode = DELETE").all();
    const statement = database.prepare(sql.replace(/\$(\d+)/g, "?$1"));
    if (statement.reader) return statement.all(...parameters) as Row[];
    statement.run(...parameters);
    return [];
  } finally {
    database.close();
  }
}
