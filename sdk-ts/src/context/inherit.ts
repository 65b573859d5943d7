import { RESERVED_NAMESPACES } from "../gen/constants.js";
import type { Context, EventyRecord } from "../record/index.js";
import { flowAfter } from "./flow.js";

/** What records pass on to those that are emitted while they are handled. */
export interface Inheritance {
  readonly correlationId: string;
  readonly partitionKey: string | null;
  /** All parts, those of the protocol included; none is a copy. */
  readonly context: Context;
}

/**
 * What a record that is emitted while the given one is handled inherits (CTX-006, -008, -009, -011, -017).
 *
 * Where the given record has an empty correlation id, as other implementations
 * may write, its uuid stands for it: everything emitted then shares one.
 *
 * @throws EventyError INVALID_RECORD if the record's `urn:eventy:flow` has no valid `hops`.
 */
export function inherit(record: EventyRecord): Inheritance {
  return {
    correlationId: record.correlationId === "" ? record.uuid : record.correlationId,
    partitionKey: record.partitionKey,
    context: { ...record.context, [RESERVED_NAMESPACES.flow]: flowAfter(record) },
  };
}
