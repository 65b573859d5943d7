import Database from "libsql";
import { EventyError } from "../../record/index.js";
import { openingError, storeError } from "./errors.js";
import { migrate } from "./migrate.js";

export type Parameter = number | string | Uint8Array | null;

/** A statement that was prepared once. Rows are arrays. */
export interface Statement {
  run(parameters: readonly Parameter[]): { readonly changes: number };
  all(parameters: readonly Parameter[]): readonly (readonly unknown[])[];
}

/**
 * Set in this order: a lock that is taken before the log is there keeps every other process out, also from reading.
 * The size of the log is limited because it stays as large as the largest transaction.
 */
const SETTINGS = [
  "PRAGMA locking_mode = EXCLUSIVE",
  "PRAGMA journal_mode = WAL",
  "PRAGMA synchronous = FULL",
  "PRAGMA journal_size_limit = 67108864",
];

/** The log is written into the file and removed; without it the lock can be given up, though statements are alive. */
const CLOSING = [
  "PRAGMA journal_mode = DELETE",
  "PRAGMA locking_mode = NORMAL",
  "SELECT version FROM eventy_schema",
];

/** The one connection to a file that this process alone has open. */
export class Connection {
  readonly file: string;
  readonly database: Database.Database;
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** @throws EventyError STORE_IN_USE, STORE_FAILED */
  constructor(file: string) {
    this.file = file;
    let database: Database.Database | undefined;
    try {
      database = new Database(file);
      for (const setting of SETTINGS) database.exec(setting);
      migrate(database, file);
      this.database = database;
    } catch (error) {
      if (database !== undefined) abandon(database);
      throw openingError(error, file);
    }
  }

  /** @throws EventyError STORE_FAILED if the connection was closed */
  checkOpen(): void {
    if (this.#closed) throw new EventyError("STORE_FAILED", `The store ${this.file} is closed.`);
  }

  /** Gives the file up because of an error, which is returned as it is to be thrown. */
  abandon(error: unknown): unknown {
    this.#closed = true;
    abandon(this.database);
    return openingError(error, this.file);
  }

  prepare(sql: string): Statement {
    const statement = this.database.prepare(sql);
    // Only statements with rows know what raw is.
    return (statement.reader ? statement.raw() : statement) as Statement;
  }

  /**
   * Runs an operation when those before it have ended: nothing sees the middle of a transaction that waits.
   *
   * @throws EventyError STORE_FAILED
   */
  alone<T>(operation: () => T | Promise<T>): Promise<T> {
    const result = this.#tail.then(() => {
      this.checkOpen();
      return operation();
    });
    this.#tail = result.catch(() => undefined);
    return result.catch((error: unknown) => {
      throw storeError(error, this.file);
    });
  }

  /**
   * @throws EventyError STORE_FAILED if the file cannot be written now: nothing is lost, but it stays locked until
   * it is closed again, or the process ends
   */
  async close(): Promise<void> {
    await this.#tail;
    this.#closed = true;
    if (!this.database.open) return;
    try {
      letGo(this.database);
    } catch (error) {
      throw storeError(error, this.file);
    }
  }
}

function letGo(database: Database.Database): void {
  for (const statement of CLOSING) database.prepare(statement).all();
  database.close();
}

/** Lets go of a file that cannot be used, if it can be let go. */
function abandon(database: Database.Database): void {
  try {
    letGo(database);
  } catch {
    // The error that led here says more.
    database.close();
  }
}
