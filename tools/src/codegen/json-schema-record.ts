import type { JsonObject } from "@bufbuild/protobuf";
import { ISO8601_PATTERN } from "./iso8601-pattern.js";
import { type FieldModel, fieldsOf, type RecordModel, type TypeModel } from "./model.js";
import { limitOf, type ProtocolModel } from "./protocol-model.js";

/**
 * The JSON Schema of the JSON form of a record, as a writer spells it.
 *
 * It says what a parsed value shows. It cannot say: nesting, integers that fit 64 bits, lone surrogates, and
 * that both forms of an instant are the same.
 */
export function recordSchema(model: RecordModel, protocol: ProtocolModel): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:eventy:schema:v3:record",
    title: "Eventy record",
    description: `The JSON form of a record, as protocol ${protocol.version.value} writes it.`,
    type: "object",
    required: ["type"],
    properties: { type: { enum: model.types.map((type) => type.text) } },
    // By `if`, an invalid record is judged as what it says it is, and not as all three types.
    allOf: model.types.map((type) => ({
      if: { type: "object", required: ["type"], properties: { type: { const: type.text } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: reference(type.word),
    })),
    $defs: {
      ...Object.fromEntries(model.types.map((type) => [type.word, recordOf(model, type)])),
      ...sharedDefinitions(protocol),
    },
  };
}

function recordOf(model: RecordModel, type: TypeModel): JsonObject {
  const properties: [string, JsonObject][] = fieldsOf(model, type).flatMap((field) => {
    const own: [string, JsonObject] = [field.json, fieldSchema(field, type)];
    return field.iso8601 === null ? [own] : [own, [field.iso8601, iso8601Schema(field)]];
  });
  return {
    description: oneLine(type.comment),
    type: "object",
    required: properties.map(([name]) => name),
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function fieldSchema(field: FieldModel, type: TypeModel): JsonObject {
  return { description: oneLine(field.comment), ...kindSchema(field, type) };
}

function iso8601Schema(field: FieldModel): JsonObject {
  return { description: `The same as ${field.json}, in ISO 8601.`, ...reference("InstantText") };
}

function kindSchema(field: FieldModel, type: TypeModel): JsonObject {
  switch (field.kind) {
    case "type":
      return { const: type.text };
    case "string":
    case "uuid":
      return {
        type: nullable(field, "string"),
        ...(field.syntax !== null && { pattern: field.syntax.pattern }),
      };
    case "boolean":
      return { type: nullable(field, "boolean") };
    case "int32":
      return { type: nullable(field, "integer"), minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
    case "instant":
      return reference("Instant");
    case "context":
      return reference("Context");
    case "data":
      return reference("Data");
  }
}

function sharedDefinitions(protocol: ProtocolModel): JsonObject {
  return {
    Instant: {
      description: "Milliseconds since 1970-01-01T00:00:00Z, years 0001 to 9999.",
      type: "integer",
      minimum: limitOf(protocol, "dateMin"),
      maximum: limitOf(protocol, "dateMax"),
    },
    InstantText: {
      description: "An instant in ISO 8601, with milliseconds and the offset +00:00.",
      type: "string",
      pattern: ISO8601_PATTERN,
    },
    Context: {
      description: "The part of each service, by its URN.",
      type: "object",
      additionalProperties: reference("Data"),
    },
    Data: { description: "Values by key.", type: "object", additionalProperties: reference("Value") },
    Value: { description: "Any JSON value; integers fit 64 bits." },
  };
}

function nullable(field: FieldModel, type: string): string | string[] {
  return field.nullable ? [type, "null"] : type;
}

function reference(definition: string): JsonObject {
  return { $ref: `#/$defs/${definition}` };
}

function oneLine(comment: string): string {
  return comment.replaceAll("\n", " ");
}
