import Database from "libsql";
import { EventyError } from "../../record/index.js";

/** Codes of SQLite that say that the file, not the statement, is at fault, and what to do about it. */
const FAULTS: readonly (readonly [code: RegExp, what: (file: string) => string])[] = [
  [/^SQLITE_FULL/, (file) => `There is no space left for ${file}: it goes on when there is.`],
  [/^SQLITE_READONLY/, (file) => `${file} cannot be written: the file or its folder is read-only.`],
  [/^SQLITE_(CORRUPT|NOTADB)/, (file) => `${file} is damaged, or is not a SQLite database.`],
  [/^SQLITE_(IOERR|CANTOPEN|PERM|NOMEM|PROTOCOL|NOLFS)/, (file) => `${file} cannot be read or written.`],
];

/** The STORE_FAILED behind an error of a statement; undefined if the statement itself is at fault. */
export function faultOf(error: unknown, file: string): EventyError | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  const fault = FAULTS.find(([code]) => code.test(error.code));
  return fault && new EventyError("STORE_FAILED", `${fault[1](file)} (${error.message})`, { cause: error });
}

/** An error of the user's own work in a transaction, which stays as it is. */
export class WorkFailure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** What an error of a statement of this package is to its user. */
export function storeError(error: unknown, file: string): unknown {
  if (error instanceof WorkFailure) return error.error;
  return faultOf(error, file) ?? EventyError.from(error, "STORE_FAILED");
}

/** What an error at opening is to the user. */
export function openingError(error: unknown, file: string): unknown {
  if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
    return new EventyError(
      "STORE_IN_USE",
      `${file} is open already, in this process or another one, and only one at a time can have it.`,
      { cause: error },
    );
  }
  // What is no SqliteError comes from a path that leads nowhere.
  if (error instanceof EventyError || error instanceof Database.SqliteError) return storeError(error, file);
  return new EventyError("STORE_FAILED", `${file} cannot be opened: ${String(error)}`, { cause: error });
}
