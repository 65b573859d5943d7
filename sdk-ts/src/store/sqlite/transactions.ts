import type { Connection, Statement } from "./connection.js";

/** Runs operations in transactions, one after the other. */
export class Transactions {
  readonly #connection: Connection;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#begin = connection.prepare("BEGIN IMMEDIATE");
    this.#commit = connection.prepare("COMMIT");
    this.#rollback = connection.prepare("ROLLBACK");
  }

  /** @param committed called with the result before anything else runs */
  run<T>(operation: () => T | Promise<T>, committed: (result: T) => void = () => undefined): Promise<T> {
    return this.#connection.alone(async () => {
      this.#begin.run([]);
      try {
        const result = await operation();
        this.#commit.run([]);
        committed(result);
        return result;
      } catch (error) {
        // Some errors, such as a full disk, have rolled back already.
        if (this.#connection.database.inTransaction) this.#rollback.run([]);
        throw error;
      }
    });
  }
}
