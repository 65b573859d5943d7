import { emitEvent, emitRequest, emitResponse, type Scope } from "../context/index.js";
import { HEADER_NAMES } from "../gen/constants.js";
import { EventyError, type EventyRecord, isRecord } from "../record/index.js";
import type { NewRecord } from "../store/index.js";
import type { Environment } from "./environment.js";
import { OutputDraft } from "./output-draft.js";

/**
 * The record that a draft becomes in a scope.
 *
 * @throws EventyError INVALID_ARGUMENT for what is no draft; CONTEXT_VIOLATION for a draft that names another
 * service as its emitter, and as `emitEvent` does.
 */
export function stamp(draft: OutputDraft, scope: Scope): EventyRecord {
  const { type, to, name } = draft;
  if (type === "REQUEST") return emitRequest(draft, scope);
  if (to === scope.service) return type === "EVENT" ? emitEvent(draft, scope) : emitResponse(draft, scope);
  throw new EventyError(
    "CONTEXT_VIOLATION",
    `${scope.service} cannot emit what only ${to} emits: its ${type.toLowerCase()} ${name}`,
  );
}

/** Refuses what a handler yields instead of a draft. */
export function expectDraft(value: unknown): asserts value is OutputDraft {
  if (value instanceof OutputDraft) return;
  const found = isRecord(value) ? "a record, which inherits nothing" : "no draft";
  throw new EventyError(
    "INVALID_ARGUMENT",
    `a handler gave ${found}: let it give drafts, such as orders.event("OrderPlaced", { data })`,
  );
}

/**
 * The bytes of a record for the topic of its draft. A response says beside them to whom it goes.
 *
 * @throws EventyError UNENCODABLE for what the encoding cannot carry.
 */
export function encodeFor(
  draft: OutputDraft,
  record: EventyRecord,
  { codecs, contentType, headers }: Environment,
): NewRecord {
  return {
    topic: draft.topic,
    key: record.partitionKey,
    value: codecs.encode(record, contentType),
    headers:
      record.type === "RESPONSE" ? { ...headers, [HEADER_NAMES.destination]: record.destination } : headers,
  };
}
