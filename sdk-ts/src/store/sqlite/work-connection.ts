import type Database from "libsql";
import { EventyError } from "../../record/index.js";
import { faultOf } from "./errors.js";

/** A prepared statement of a {@link SqliteConnection}. Rows are objects; parameters are those of libsql. */
export interface SqliteStatement {
  run(...parameters: readonly unknown[]): { readonly changes: number };
  get(...parameters: readonly unknown[]): unknown;
  all(...parameters: readonly unknown[]): readonly unknown[];
}

/**
 * What the work of a transaction is given by a SqliteStore: statements in that transaction, each of which is done
 * when it returns.
 *
 * @throws EventyError INVALID_ARGUMENT once the work has ended; STORE_FAILED if the file is at fault. Other errors of
 * statements are those of libsql.
 */
export interface SqliteConnection {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
}

/** A connection that is good until it is ended. */
export class WorkConnection implements SqliteConnection {
  readonly #database: Database.Database;
  readonly #file: string;
  #open = true;

  constructor(database: Database.Database, file: string) {
    this.#database = database;
    this.#file = file;
  }

  exec(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  prepare(sql: string): SqliteStatement {
    const statement = this.#guard(() => this.#database.prepare(sql));
    return {
      run: (...parameters) => this.#guard(() => statement.run(...parameters)),
      // To the end, so that the statement does not stay under way.
      get: (...parameters) => this.#guard(() => statement.all(...parameters)[0]),
      all: (...parameters) => this.#guard(() => statement.all(...parameters)),
    };
  }

  end(): void {
    this.#open = false;
  }

  #guard<T>(operation: () => T): T {
    if (!this.#open)
      throw new EventyError("INVALID_ARGUMENT", "The transaction of this connection has ended.");
    try {
      return operation();
    } catch (error) {
      throw faultOf(error, this.#file) ?? error;
    }
  }
}
