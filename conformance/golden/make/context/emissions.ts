import { create, type JsonValue, type MessageInitShape, toJson } from "@bufbuild/protobuf";
import type { EmitLine } from "../../../src/cases/golden/line.js";
import { DraftSchema } from "../../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../../../src/gen/proto/eventy/v3/record_pb.js";
import { type Plain, type PlainMap, toContext, toMap } from "../../../src/oracle/values.js";
import { type Fields, recordJson, recordOf } from "../base.js";

export type Context = { readonly [namespace: string]: PlainMap };
type Out = {
  readonly context?: Context;
  readonly partitionKey?: string | null;
  readonly correlationId?: string;
  readonly [field: string]: unknown;
};

export const SERVICE = "urn:orders";
export const UUID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
export const CORRELATION = "shop:checkout:x";

/** A draft of an event, but for the given fields. */
export function draft(context: Context = {}, fields: MessageInitShape<typeof DraftSchema> = {}): JsonValue {
  return toJson(
    DraftSchema,
    create(DraftSchema, {
      type: RecordType.EVENT,
      name: "OrderPaid",
      data: toMap({ order: 42 }),
      context: toContext(context),
      ...fields,
    }),
  );
}

/** A record that is handled, but for the given fields. */
export function input(context: Context = {}, fields: Fields = {}): Fields {
  return { uuid: UUID, correlationId: CORRELATION, partitionKey: "42", context, ...fields };
}

/** The part of an input that has come this far. */
export function flow(hops: Plain, more: { [key: string]: Plain } = {}): Context {
  return { "urn:eventy:flow": { hops, causation_uuid: "f81d4fae-7dec-41d0-a765-00a0c91e6bf6", ...more } };
}

/** The part that outputs of the input have. */
export function caused(hops: number): Context {
  return { "urn:eventy:flow": { hops, causation_uuid: UUID } };
}

/** An emitted record, without what differs each time. */
export function output({
  context = {},
  partitionKey = "42",
  correlationId = CORRELATION,
  ...fields
}: Out = {}): JsonValue {
  const record = create(RecordSchema, {
    type: RecordType.EVENT,
    namespace: SERVICE,
    name: "OrderPaid",
    protocolVersion: "3.5.0",
    source: SERVICE,
    correlationId,
    context: toContext(context),
    payload: { case: "data", value: toMap({ order: 42 }) },
    ...fields,
  });
  if (partitionKey !== null) record.partitionKey = partitionKey;
  return toJson(RecordSchema, record);
}

/** What is emitted while a record is handled. */
export function handling(
  id: string,
  title: string,
  requirements: string[],
  handled: Fields,
  drafts: JsonValue[],
  records: JsonValue[],
  service = SERVICE,
): EmitLine {
  return { id, title, service, input: recordJson(recordOf(handled)), drafts, records, requirements };
}

/** What is emitted while no record is handled. */
export function root(
  id: string,
  title: string,
  requirements: string[],
  drafts: JsonValue[],
  records: JsonValue[],
): EmitLine {
  return { id, title, service: SERVICE, drafts, records, requirements };
}

/** What must not be emitted. */
export function refuse(
  id: string,
  title: string,
  requirements: string[],
  handled: Fields | undefined,
  drafts: JsonValue[],
  code: string,
  service = SERVICE,
): EmitLine {
  const record = handled ? { input: recordJson(recordOf(handled)) } : {};
  return { id, title: `refuses ${title}`, service, ...record, drafts, refuse: { code }, requirements };
}

/** The part that a service has of its own. */
export const OWN: Context = { "urn:orders": { order: 42, step: 1 } };
