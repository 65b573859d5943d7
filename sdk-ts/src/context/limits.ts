import { LIMITS } from "../gen/constants.js";
import { EventyError, type EventyRecord } from "../record/index.js";
import { hopsOf } from "./flow.js";
import { isReserved } from "./reserved.js";
import { contextBytes, contextBytesAtMost } from "./size.js";

/** Bounds of a context, without which what everything inherits grows for ever. */
export interface ContextLimits {
  /** Parts of a context, reserved ones not counted. Default: 64. */
  readonly namespaces: number;
  /** Bytes of a context as compact JSON, reserved parts not counted. Default: 8192. */
  readonly bytes: number;
  /** Records in a causal chain behind the first one. Default: 64. */
  readonly hops: number;
}

/** The limits of the protocol, which count where a user sets no others. */
export const DEFAULT_LIMITS: ContextLimits = {
  namespaces: LIMITS.contextNamespaces,
  bytes: LIMITS.contextBytes,
  hops: LIMITS.contextHops,
};

/**
 * Refuses a record whose context is beyond a limit. For records that arrive in
 * order to be handled (CTX-028); emission does it by itself.
 *
 * @throws EventyError LIMIT_EXCEEDED, or INVALID_RECORD if its `urn:eventy:flow` has no valid `hops` (CTX-032).
 */
export function checkContext(record: EventyRecord, limits: Partial<ContextLimits> = {}): void {
  const {
    namespaces = DEFAULT_LIMITS.namespaces,
    bytes = DEFAULT_LIMITS.bytes,
    hops = DEFAULT_LIMITS.hops,
  } = limits;
  expectAtMost(hops, hopsOf(record), "hops in the causal chain");
  const owned = Object.keys(record.context).filter((namespace) => !isReserved(namespace));
  expectAtMost(namespaces, owned.length, "namespaces");
  if (contextBytesAtMost(record.context, owned) <= bytes) return;
  expectAtMost(bytes, contextBytes(record.context, owned), "bytes");
}

function expectAtMost(limit: number, found: number, unit: string): void {
  if (found <= limit) return;
  throw new EventyError("LIMIT_EXCEEDED", `${found} ${unit}, and ${limit} are allowed`, { path: "context" });
}
