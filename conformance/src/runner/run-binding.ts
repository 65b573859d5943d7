import type { BindingHost } from "../bindings/host.js";

/** What the cases on stores of a run ran on. */
export type RunBinding = Pick<BindingHost, "name" | "isSelfObserved">;
