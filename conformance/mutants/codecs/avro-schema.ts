import type { Encode } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { stringValue } from "../../src/oracle/values.js";
import { type RecordSchema, schemaIn } from "../kit/avro.js";
import { editFile } from "../kit/avro-file.js";
import { breaking } from "../kit/breaking.js";
import { fabricate } from "../kit/fabricate.js";
import { forgives, misreads, refuses } from "../kit/reading.js";
import { dataValues } from "../kit/values.js";
import { forgivesWriting, rewrites } from "../kit/writing.js";

/** An EVenty SChema as it was sent. */
type Sent = { [key: string]: unknown };

/** Writes with a schema that it must refuse. */
function mendsSchema(mend: (schema: Sent, record: NeutralRecord) => void): Mutant["mutate"] {
  return forgivesWriting("avro", (record, encode: Encode) => {
    const schema = JSON.parse(encode.schema) as Sent;
    mend(schema, record);
    encode.schema = JSON.stringify(schema);
  });
}

/** Writes another schema into the header, that has the same binary form. */
function writesSchema(change: (schema: RecordSchema) => void): Mutant["mutate"] {
  return rewrites(
    "avro",
    editFile(({ meta }) => {
      const schema = JSON.parse(String(meta.get("avro.schema"))) as RecordSchema;
      change(schema);
      meta.set("avro.schema", Buffer.from(JSON.stringify(schema)));
    }),
  );
}

/** Mutants of section 3.3. */
export const avroSchemaMutants: readonly Mutant[] = [
  ...breaking("COD-027", {
    "writes a schema of another name": writesSchema((schema) => {
      schema.name = `${schema.name}Record`;
    }),
    "writes a schema without a namespace": writesSchema((schema) => {
      delete schema.namespace;
    }),
    "writes error_code as a long": writesSchema((schema) => {
      for (const field of schema.fields) if (field.name === "error_code") field.type = ["null", "long"];
    }),
    "writes an enum of all types": writesSchema((schema) => {
      for (const field of schema.fields)
        if (field.name === "type")
          field.type = { ...(field.type as object), symbols: [...symbolsOf(field.type), "OTHER"] };
    }),
  }),
  ...breaking("COD-028", {
    "takes the name that a schema lacks from the record": mendsSchema((schema, { name }) => {
      schema["name"] ??= name;
    }),
    "takes the namespace that a schema lacks from the record": mendsSchema((schema, { namespace }) => {
      schema["namespace"] ??= namespace;
    }),
    "takes the type that a schema lacks from the record": mendsSchema((schema, { type }) => {
      schema["type"] ??= RecordType[type];
    }),
    "needs no protocol version in a schema": mendsSchema((schema) => {
      schema["protocol_version"] ??= "3.5.0";
    }),
    "takes schemas of every protocol version": mendsSchema((schema) => {
      schema["protocol_version"] = "3.5.0";
    }),
    "ignores keys of a schema that it does not know": mendsSchema((schema) => {
      const known = ["protocol_version", "namespace", "name", "type", "doc", "data_fields"];
      for (const key of Object.keys(schema)) if (!known.includes(key)) delete schema[key];
    }),
    "leaves out fields of types that Avro does not know": mendsSchema((schema) => {
      schema["data_fields"] = [];
    }),
  }),
  ...breaking("COD-029", {
    "writes with the schema of another name": mendsSchema((schema, { name }) => {
      schema["name"] = name;
    }),
    "writes with the schema of another namespace": mendsSchema((schema, { namespace }) => {
      schema["namespace"] = namespace;
    }),
  }),
  ...breaking("COD-030", {
    "writes with the schema of another type": mendsSchema((schema, { type }) => {
      schema["type"] = RecordType[type];
    }),
  }),
  ...breaking("COD-031", {
    "reads timestamps as dates": misreads("avro", (record, bytes) => {
      if (!bytes.includes("timestamp-millis")) return;
      for (const value of dataValues(record))
        if (value.kind.case === "integer")
          value.kind = stringValue(new Date(Number(value.kind.value)).toISOString()).kind;
    }),
    "reads an enum as the first of its symbols": misreads("avro", (record, bytes) => {
      if (!bytes.includes('"enum","name":"Colour"')) return;
      for (const value of dataValues(record))
        if (value.kind.case === "string") value.kind = stringValue("RED").kind;
    }),
    "reads decimals as numbers": misreads("avro", (record, bytes) => {
      if (!bytes.includes('"decimal"')) return;
      for (const value of dataValues(record))
        if (value.kind.case === "bytes") value.kind = { case: "double", value: 12.34 };
    }),
    "refuses recursive types": refuses("avro", (_, bytes) => /"null","Tree"/.test(bytes.toString())),
  }),
  ...breaking("COD-032", {
    "refuses a record that does not name itself": refuses("avro", (_, bytes) => !namesItself(bytes)),
    "reads no namespace where the datum has none": misreads("avro", (record, bytes) => {
      if (!namesItself(bytes)) record.namespace = "urn:unspecified";
    }),
    "reads the namespace of a schema with its full stops": misreads("avro", (record, bytes) => {
      if (!namesItself(bytes)) record.namespace = `urn:${schemaIn(bytes).namespace}`;
    }),
  }),
  ...breaking("COD-033", {
    "reads nothing where the schema is invalid": forgives("avro", fabricate(ErrorCode.INVALID_SCHEMA)),
    "reads a schema that has a type twice": forgives("avro", (bytes, error) =>
      bytes.includes('"fixed", "name": "B"') ? fabricate(ErrorCode.INVALID_SCHEMA)(bytes, error) : undefined,
    ),
  }),
  ...breaking("COD-034", {
    "reads a record in a schema that is of none": forgives("avro", (bytes, error) =>
      schemaIn(bytes).fields === undefined ? fabricate(ErrorCode.INVALID_RECORD)(bytes, error) : undefined,
    ),
  }),
];

function symbolsOf(type: unknown): readonly string[] {
  return (type as { readonly symbols?: readonly string[] }).symbols ?? [];
}

function namesItself(bytes: Buffer): boolean {
  const { fields } = schemaIn(bytes);
  return (
    !fields.some(({ name }) => name === "version") || fields.some(({ name }) => name === "record_namespace")
  );
}
