/** What a statement found, column by column; integers may be numbers or texts. */
export type Row = Readonly<Record<string, unknown>>;

/** What may be a parameter of a statement. */
export type Parameter = string | number | Uint8Array | null;

/** Runs one statement with parameters `$1`, `$2`, … */
export interface Statements {
  run(sql: string, parameters?: readonly Parameter[]): Promise<readonly Row[]>;
}

/** The database that holds the store of a case, for what a case does to it by itself. */
export interface Database extends Statements {
  /**
   * Runs one statement in a transaction of its own.
   *
   * A SQLite file is free only when no testee has it open: this kills those of the case first.
   */
  run(sql: string, parameters?: readonly Parameter[]): Promise<readonly Row[]>;
  /** Begins a transaction, which holds its locks until it ends. Only on PostgreSQL. */
  begin(): Promise<OpenTransaction>;
}

/** A transaction that a case holds open. It ends with the case. */
export interface OpenTransaction extends Statements {
  commit(): Promise<void>;
  rollBack(): Promise<void>;
}
