import {
  type Context,
  type Data,
  EventyError,
  type EventyRecord,
  pathOf,
  type Value,
} from "../record/index.js";
import { isReserved } from "./reserved.js";

const NOTHING: Data = Object.freeze({});

/** What a service finds in a record of what it wrote into the causal chain before: its own part of the context. */
export function ownContext(record: EventyRecord, service: string): Data {
  return Object.hasOwn(record.context, service) ? (record.context[service] ?? NOTHING) : NOTHING;
}

/**
 * The context after a service wrote into its own part: each key replaces the
 * inherited one, null deletes it, and a part without keys is left out (CTX-012 to -014).
 *
 * Other parts are taken over as they are, and what is given does not change.
 *
 * @throws EventyError CONTEXT_VIOLATION if the service or a key is that of another part (CTX-015, -016).
 */
export function writeOwnPart(context: Context, service: string, writes: Data): Context {
  const keys = Object.keys(writes);
  const before = context[service];
  if (keys.length === 0 && (before === undefined || Object.keys(before).length > 0)) return context;
  if (keys.length > 0) checkWrites(service, keys);
  const part: { [key: string]: Value } = { ...before, ...writes };
  for (const key of keys) if (part[key] === null) delete part[key];
  const after: { [urn: string]: Data } = { ...context, [service]: part };
  if (Object.keys(part).length === 0) delete after[service];
  return after;
}

function checkWrites(service: string, keys: readonly string[]): void {
  if (isReserved(service)) {
    throw new EventyError(
      "CONTEXT_VIOLATION",
      `${service} belongs to the protocol; services cannot write into it`,
      {
        path: pathOf("context", service),
      },
    );
  }
  const namespace = keys.find((key) => key.startsWith("urn:"));
  if (namespace === undefined) return;
  throw new EventyError(
    "CONTEXT_VIOLATION",
    `a service writes into its own part only: give the keys and values of ${service} themselves`,
    { path: pathOf("context", namespace) },
  );
}
