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
      if (database !== undefined) this.#letGo(database);
      throw openingError(error, file);
    }
  }

  /** @throws EventyError STORE_FAILED if the connection was closed */
  checkOpen(): void {
    if (this.#closed) throw new EventyError("STORE_FAILED", `The store ${this.file} is closed.`);
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

  async close(): Promise<void> {
    await this.#tail;
    if (this.#closed) return;
    this.#closed = true;
    this.#letGo(this.database);
  }

  #letGo(database: Database.Database): void {
    try {
      for (const statement of CLOSING) database.prepare(statement).all();
    } catch {
      // What is committed is in the log, and is read from there when the file is opened next.
    }
    database.close();
  }
}
