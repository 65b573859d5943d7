/** What a statement found, column by column; integers may be numbers or texts. */
export type Row = Readonly<Record<string, unknown>>;

/** The database that holds the store of a case, for what a case does to it by itself. */
export interface Database {
  /**
   * Runs one statement with parameters `$1`, `$2`, … in a transaction of its own.
   *
   * A SQLite file is free only when no testee has it open: this kills those of the case first.
   */
  run(sql: string, parameters?: readonly (string | number | Uint8Array | null)[]): Promise<readonly Row[]>;
}
