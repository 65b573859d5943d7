import {
  checkContext,
  type EventDraft,
  emitEvent,
  emitRequest,
  emitResponse,
  type Scope,
} from "@eventy/sdk/context";
import { type Data, EventyError, type EventyRecord, type Value } from "@eventy/sdk/record";
import type { Draft, Emit } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import { dataOf, fromNeutral } from "./records.js";

/** The records that a service emits while it handles the input, or while it handles nothing. */
export function emit(command: Emit): EventyRecord[] {
  const { service } = command;
  if (command.input === undefined) return command.drafts.map((draft) => emitDraft(draft, { service }));
  const record = fromNeutral(command.input);
  checkContext(record);
  return command.drafts.map((draft) => emitDraft(draft, { service, record }));
}

/** What a service says of a record that it emits, besides its name. */
export function contentOf(draft: Draft, service: string): Omit<EventDraft, "name"> {
  const { partition, correlationId } = draft;
  return {
    data: dataOf(draft.data),
    context: ownPart(draft, service),
    ...(partition.case === undefined
      ? {}
      : { partitionKey: partition.case === "partitionKey" ? partition.value : null }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

function emitDraft(draft: Draft, scope: Scope): EventyRecord {
  const common = { ...contentOf(draft, scope.service), name: draft.name };
  switch (draft.type) {
    case RecordType.EVENT:
      return emitEvent(common, scope);
    case RecordType.REQUEST:
      return emitRequest({ ...common, to: draft.target }, scope);
    case RecordType.RESPONSE:
      return emitResponse(common, scope);
    default:
      throw new EventyError("INVALID_RECORD", "the draft has no type");
  }
}

/** The SDK's users write their own part only: what is meant for another one is written as a key of it. */
function ownPart(draft: Draft, service: string): Data {
  const entries = draft.context.flatMap(({ namespace, values }): [string, Value][] =>
    namespace === service ? Object.entries(dataOf(values)) : [[namespace, dataOf(values)]],
  );
  return Object.fromEntries(entries);
}
