/**
 * The plugin that buf runs: makes what the .proto files say available outside Protobuf.
 *
 * Its option `target` says what to make: `sdk`, `conformance`, `json-schema` or `avro`.
 */
import { create, type FileRegistry, type JsonObject } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  type CodeGeneratorResponse,
  CodeGeneratorResponse_Feature,
  CodeGeneratorResponseSchema,
} from "@bufbuild/protobuf/wkt";
import { runNodeJs } from "@bufbuild/protoplugin";
import { avroSchemas } from "./avro-files.js";
import { found, openRegistry } from "./descriptors.js";
import { protoJsonSchema } from "./json-schema-protojson.js";
import { recordSchema } from "./json-schema-record.js";
import { readModel } from "./model.js";
import { readProtocol } from "./protocol-model.js";
import { avroEnvelopesFile } from "./sdk-avro-envelopes.js";
import { constantsFile } from "./sdk-constants.js";
import { recordFieldsFile } from "./sdk-record-fields.js";
import { recordShapesFile } from "./sdk-record-shapes.js";
import { recordTypesFile } from "./sdk-record-types.js";
import { docComment, HEADER } from "./typescript.js";

type Files = { readonly [name: string]: string };

const TARGETS: { readonly [target: string]: (registry: FileRegistry) => Files } = {
  sdk: (registry) => {
    const model = readModel(registry);
    return {
      "constants.ts": constantsFile(model, readProtocol(registry)),
      "record-fields.ts": recordFieldsFile(model),
      "record-shapes.ts": recordShapesFile(model),
      "record-types.ts": recordTypesFile(model),
      "avro-envelopes.ts": avroEnvelopesFile(model),
    };
  },
  conformance: (registry) => ({
    "record-schema.ts": recordSchemaFile(recordSchema(readModel(registry), readProtocol(registry))),
  }),
  "json-schema": (registry) => ({
    "record.schema.json": json(recordSchema(readModel(registry), readProtocol(registry))),
    "conformance/v1/testee.schema.json": json(testeeSchema(registry)),
  }),
  avro: (registry) => {
    const schemas = Object.entries(avroSchemas(readModel(registry)));
    return Object.fromEntries(schemas.map(([name, schema]) => [name, json(schema)]));
  },
};

function testeeSchema(registry: FileRegistry): JsonObject {
  const names = ["eventy.conformance.v1.Command", "eventy.conformance.v1.Reply"];
  const messages = names.map((name) => found(registry.getMessage(name), name));
  return protoJsonSchema("urn:eventy:schema:conformance:v1:testee", "Testee protocol", messages);
}

/** The schema as a module, because the packed suite has no `schemas` folder to read it from. */
function recordSchemaFile(schema: unknown): string {
  const comment = docComment("JSON Schema of a record as it is written.");
  return `${HEADER}\n${comment}export const RECORD_SCHEMA: object = ${json(schema).trimEnd()};\n`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function run(request: CodeGeneratorRequest): CodeGeneratorResponse {
  const target = TARGETS[request.parameter.replace(/^target=/, "")];
  if (target === undefined) {
    throw new Error(`option "${request.parameter}" is not target=${Object.keys(TARGETS).join(" | ")}`);
  }
  const files = Object.entries(target(openRegistry(request)));
  return create(CodeGeneratorResponseSchema, {
    supportedFeatures: BigInt(CodeGeneratorResponse_Feature.PROTO3_OPTIONAL),
    file: files.map(([name, content]) => ({ name, content })),
  });
}

runNodeJs({ name: "eventy-emit", version: "v3", run });
