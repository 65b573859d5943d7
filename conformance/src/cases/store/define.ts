import { BINDINGS, type BindingName, type Need } from "../binding.js";
import type { BoundCase, BoundContext } from "../case.js";

/** A case of a store. */
export interface Definition {
  /** What follows `store.` in its id. */
  readonly name: string;
  readonly title: string;
  readonly requirements: readonly string[];
  /** Default: all. */
  readonly bindings?: readonly BindingName[];
  readonly needs?: readonly Need[];
  /** Besides `store`. */
  readonly capabilities?: readonly string[];
  readonly smoke?: true;
  run(context: BoundContext): Promise<void>;
}

/** A case of the profile `store`. */
export function store({ name, capabilities = [], bindings = BINDINGS, ...rest }: Definition): BoundCase {
  return {
    ...rest,
    id: `store.${name}`,
    profile: "store",
    capabilities: ["store", ...capabilities],
    bindings,
  };
}

/** What cases need that have a service run. */
export const RUNS: readonly string[] = ["guarantee.eos"];

/** Bindings with the tables of the SQL binding. */
export const SQL: readonly BindingName[] = ["sqlite", "postgresql"];

/** PostgreSQL alone. */
export const PG: readonly BindingName[] = ["postgresql"];

/** Bindings whose records outlive the process. */
export const DURABLE: readonly BindingName[] = ["sqlite", "postgresql", "kafka"];

/** Bindings with a server, on which several processes work at once. */
export const SERVED: readonly BindingName[] = ["postgresql", "kafka"];
