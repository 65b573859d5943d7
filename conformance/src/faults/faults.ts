/**
 * What a testee asks of the database server.
 *
 * - `startup`: a new connection.
 * - `commit`: the end of a transaction block, in whatever form.
 * - `autocommit`: a statement outside of a transaction block that writes, and so commits by itself. What a
 *   function writes that a SELECT calls is not seen.
 * - `statement`: any other statement.
 */
export type RequestKind = "startup" | "commit" | "autocommit" | "statement";

/** Where a fault strikes, and what it does. */
export interface FaultPlan {
  /** The kinds of requests that count. */
  readonly kinds: readonly RequestKind[];
  /** Strikes at the n-th of them from now on, counted from 1. */
  readonly nth: number;
  /** Before the request is forwarded, or when the server has replied and before the testee hears of it. */
  readonly moment: "before" | "after";
  /**
   * - `cut`: both sides of the connection are closed.
   * - `hold`: the connection stands still until the case says `proceed` or `cut`.
   * - a delay: the connection stands still for so many milliseconds.
   */
  readonly action: "cut" | "hold" | { readonly delayMs: number };
}

/** A fault that lies in wait. */
export interface Fault {
  readonly hasFired: boolean;
  /**
   * Waits until it has fired.
   *
   * @param end ends the waiting when it settles, such as the end of the run that the fault is to meet
   * @throws NotFired if it does not.
   */
  fired(end?: Promise<unknown>): Promise<void>;
  /**
   * Checks that it has fired: without that, a case has shown nothing.
   *
   * @throws NotFired if it has not.
   */
  witness(): void;
  /** It lies in wait no more. */
  cancel(): void;
  /** Lets the connection go on that was held. */
  proceed(): void;
  /** Cuts the connection that was held. */
  cut(): void;
}

/** Has the way between testee and database server fail. */
export interface Faults {
  /** How many requests of a kind were seen since the case began. */
  count(kind: RequestKind): number;
  /** Sets a fault. */
  arm(plan: FaultPlan): Fault;
  /** Cuts all connections that there are now. */
  cutAll(): void;
  /** Has all new connections refused, or accepted again. */
  refuse(on: boolean): void;
  /** How many connections were refused. */
  readonly refused: number;
}
