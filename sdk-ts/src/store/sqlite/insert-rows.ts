import type { Connection, Parameter, Statement } from "./connection.js";

/** Rows for each statement: fewer, larger statements are twice as fast as one for each row. */
const SIZES = [128, 32, 8, 2, 1];

/** Inserts many rows with few statements. */
export class InsertRows {
  readonly #statements: readonly (readonly [size: number, statement: Statement])[];

  /** @param into such as `INSERT INTO t (a, b) VALUES` */
  constructor(connection: Connection, into: string, columns: number) {
    const row = `(${Array(columns).fill("?").join(", ")})`;
    this.#statements = SIZES.map((size) => [
      size,
      connection.prepare(`${into} ${Array(size).fill(row).join(", ")}`),
    ]);
  }

  /** @returns how many rows, from `from` on, were inserted: at least one */
  insertSome(rows: readonly (readonly Parameter[])[], from: number): number {
    for (const [size, statement] of this.#statements) {
      if (from + size > rows.length) continue;
      statement.run(rows.slice(from, from + size).flat());
      return size;
    }
    return 0;
  }
}
