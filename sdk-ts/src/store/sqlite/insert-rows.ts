import type { Connection, Parameter, Statement } from "./connection.js";

/** Rows for each statement: fewer, larger statements are twice as fast as one for each row. */
const SIZES = [128, 32, 8, 2, 1];

/** Inserts many rows with few statements. */
export class InsertRows {
  readonly #columns: number;
  readonly #statements: readonly (readonly [size: number, statement: Statement])[];

  /** @param into such as `INSERT INTO t (a, b) VALUES` */
  constructor(connection: Connection, into: string, columns: number) {
    const row = `(${Array(columns).fill("?").join(", ")})`;
    this.#columns = columns;
    this.#statements = SIZES.map((size) => [
      size,
      connection.prepare(`${into} ${Array(size).fill(row).join(", ")}`),
    ]);
  }

  /**
   * @param values of the rows, one row behind the other
   * @param from the row to begin with
   * @returns how many rows were inserted: at least one
   */
  insertSome(values: readonly Parameter[], from: number): number {
    const rows = values.length / this.#columns - from;
    const [size, statement] = this.#statements.find(([size]) => size <= rows) ?? [];
    if (size === undefined) return 0;
    statement?.run(values.slice(from * this.#columns, (from + size) * this.#columns));
    return size;
  }
}
