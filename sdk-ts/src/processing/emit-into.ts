import { currentScope } from "../context/index.js";
import { EventyError, type EventyRecord } from "../record/index.js";
import type { RecordStore } from "../store/index.js";
import { encodeFor, expectDraft, stamp } from "./emission.js";
import type { Environment } from "./environment.js";
import type { OutputDraft } from "./output-draft.js";

/**
 * Emits records outside of handlers: appends them at once, all or none. Each begins a causal chain.
 *
 * @returns the records, when they are durable
 * @throws EventyError CONTEXT_VIOLATION within a handler, which yields drafts instead; UNKNOWN_TOPIC;
 * OUTCOME_UNKNOWN if the connection broke before the answer came; and as codecs and the store do.
 */
export async function emitInto(
  store: RecordStore,
  environment: Environment,
  drafts: readonly OutputDraft[],
): Promise<readonly EventyRecord[]> {
  if (currentScope()?.record !== undefined) {
    throw new EventyError(
      "CONTEXT_VIOLATION",
      "a handler yields what it emits: what is written past it would be there even if the handler fails",
    );
  }
  const emitted = drafts.map((draft) => {
    expectDraft(draft);
    return { draft, record: stamp(draft, environment.scope) };
  });
  await store.append(emitted.map(({ draft, record }) => encodeFor(draft, record, environment)));
  return emitted.map(({ record }) => record);
}
