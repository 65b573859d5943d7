import { AsyncLocalStorage } from "node:async_hooks";
import type { EventyRecord } from "../record/index.js";
import type { ContextLimits } from "./limits.js";

/** Who emits, and what is being handled meanwhile. */
export interface Scope {
  /** URN of the service that emits. */
  readonly service: string;
  /** Name of the instance of the service, for a source of the form `service:instance`. Default: none. */
  readonly instance?: string | undefined;
  /** The one record that is being handled. Default: none, what is emitted begins causal chains. */
  readonly record?: EventyRecord | undefined;
  /** Limits of the context of what is emitted. Default: those of the protocol. */
  readonly limits?: Partial<ContextLimits> | undefined;
  /** Gives the date of what is emitted, in milliseconds since 1970-01-01T00:00:00Z. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Gives the uuid of what is emitted that has none, by its qualified name. Default: a random UUID. */
  readonly uuidOf?: ((qualifiedName: string) => string) | undefined;
}

const scopes = new AsyncLocalStorage<Scope>();

/**
 * Calls a function within a scope: `currentScope()` gives it there and in all
 * that the function starts, across awaits.
 *
 * A scope within a scope replaces it; nothing of the outer one is merged in.
 * The body of a generator runs where it is iterated: use {@link iterateInScope} for one.
 */
export function runInScope<T>(scope: Scope, call: () => T): T {
  return scopes.run(scope, call);
}

/** Iterates, within a scope, over what a function gives: each step of an async generator runs there. */
export function iterateInScope<T>(scope: Scope, call: () => AsyncIterable<T>): AsyncIterableIterator<T> {
  const steps = runInScope(scope, () => call()[Symbol.asyncIterator]());
  const iterator: AsyncIterableIterator<T> = {
    next: () => runInScope(scope, () => steps.next()),
    return: async (value) => (await runInScope(scope, () => steps.return?.(value))) ?? { done: true, value },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** The scope of the code that runs, if it runs within one. */
export function currentScope(): Scope | undefined {
  return scopes.getStore();
}
