import {
  type DescEnum,
  type DescField,
  type DescMessage,
  type JsonObject,
  ScalarType,
} from "@bufbuild/protobuf";
import { commentOf } from "./descriptors.js";

type Definitions = Map<string, JsonObject>;

const INTEGER_TEXT = "^(0|-?[1-9][0-9]{0,18})$";

/**
 * The JSON Schema of messages in ProtoJSON, for those who write it without Protobuf.
 *
 * It takes one spelling of a field's name (lowerCamelCase) and no null for an absent field: a narrower
 * language than ProtoJSON readers take, and one that they all take.
 */
export function protoJsonSchema(id: string, title: string, messages: readonly DescMessage[]): JsonObject {
  const definitions: Definitions = new Map();
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: id,
    title,
    description: "ProtoJSON: a field that is absent has the default value of its type.",
    anyOf: messages.map((message) => messageReference(message, definitions)),
    $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function messageReference(message: DescMessage, definitions: Definitions): JsonObject {
  if (!definitions.has(message.typeName)) {
    definitions.set(message.typeName, {}); // Entered before it is made: messages contain themselves.
    definitions.set(message.typeName, messageSchema(message, definitions));
  }
  return reference(message.typeName);
}

function messageSchema(message: DescMessage, definitions: Definitions): JsonObject {
  if (message.typeName === "google.protobuf.Any") return ANY;
  const fields = message.fields.map((field) => [field.jsonName, fieldSchema(field, definitions)] as const);
  const dependents = message.oneofs.flatMap((oneof) =>
    exclusive(oneof.fields.map((field) => field.jsonName)),
  );
  return {
    ...described(commentOf(message)),
    type: "object",
    properties: Object.fromEntries(fields),
    additionalProperties: false,
    ...(dependents.length > 0 && { dependentSchemas: Object.fromEntries(dependents) }),
  };
}

const ANY: JsonObject = {
  description: "A message of any type, with its type's URL.",
  type: "object",
  required: ["@type"],
  properties: { "@type": { type: "string" } },
};

/** Where one of the fields is present, those after it are not. */
function exclusive(names: readonly string[]): [string, JsonObject][] {
  return names.slice(0, -1).map((name, index) => {
    const others = names.slice(index + 1).map((other) => [other, false] as const);
    return [name, { properties: Object.fromEntries(others) }];
  });
}

function fieldSchema(field: DescField, definitions: Definitions): JsonObject {
  const description = described(commentOf(field));
  switch (field.fieldKind) {
    case "message":
      return { ...description, ...messageReference(field.message, definitions) };
    case "enum":
      return { ...description, ...enumReference(field.enum, definitions) };
    case "scalar":
      return { ...description, ...scalarSchema(field.scalar, field) };
    case "list":
      return { ...description, type: "array", items: itemSchema(field, definitions) };
    case "map":
      return { ...description, type: "object", additionalProperties: memberSchema(field) };
  }
}

function memberSchema(field: DescField & { fieldKind: "map" }): JsonObject {
  if (field.mapKind !== "scalar" || field.mapKey !== ScalarType.STRING) throw unsupported(field);
  return scalarSchema(field.scalar, field);
}

function itemSchema(field: DescField & { fieldKind: "list" }, definitions: Definitions): JsonObject {
  if (field.listKind === "message") return messageReference(field.message, definitions);
  if (field.listKind === "enum") return enumReference(field.enum, definitions);
  return scalarSchema(field.scalar, field);
}

function enumReference(desc: DescEnum, definitions: Definitions): JsonObject {
  definitions.set(desc.typeName, {
    ...described(commentOf(desc)),
    anyOf: [{ enum: desc.values.map((value) => value.name) }, INT32],
  });
  return reference(desc.typeName);
}

const INT32: JsonObject = { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
const UINT32: JsonObject = { type: "integer", minimum: 0, maximum: 2 ** 32 - 1 };

function scalarSchema(scalar: ScalarType, field: DescField): JsonObject {
  switch (scalar) {
    case ScalarType.STRING:
      return { type: "string" };
    case ScalarType.BOOL:
      return { type: "boolean" };
    case ScalarType.BYTES:
      return { type: "string", contentEncoding: "base64", pattern: "^[A-Za-z0-9+/_-]*={0,2}$" };
    case ScalarType.INT32:
    case ScalarType.SINT32:
      return INT32;
    case ScalarType.UINT32:
      return UINT32;
    case ScalarType.INT64:
    case ScalarType.SINT64:
      // A JSON number beyond these bounds is rounded by many parsers: it is written as text.
      return {
        anyOf: [
          { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
          { type: "string", pattern: INTEGER_TEXT },
        ],
      };
    case ScalarType.DOUBLE:
      return { anyOf: [{ type: "number" }, { enum: ["NaN", "Infinity", "-Infinity"] }] };
    default:
      throw unsupported(field);
  }
}

function unsupported(field: DescField): Error {
  return new Error(
    `${field} has no JSON Schema yet: teach tools/src/codegen/json-schema-protojson.ts its type`,
  );
}

function described(comment: string): JsonObject {
  return comment === "" ? {} : { description: comment.replaceAll("\n", " ") };
}

function reference(definition: string): JsonObject {
  return { $ref: `#/$defs/${definition}` };
}
