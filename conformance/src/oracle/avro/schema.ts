/** An Avro schema, as parsed JSON. */
export type AvroSchema = string | readonly AvroSchema[] | { readonly [key: string]: unknown };

/** An EVenty SChema: what a service says of one of its records. */
export interface EventySchema {
  readonly protocol_version: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly doc?: string;
  readonly data_fields?: readonly {
    readonly name: string;
    readonly type: AvroSchema;
    readonly default?: unknown;
  }[];
}

const CONTEXT_VALUES = ["string", "double", "float", "long", "int", "boolean", "null"];

/** The Avro schema of the records that an EVenty SChema describes. */
export function avroSchemaOf(schema: EventySchema): AvroSchema {
  const namespace = schema.namespace.replaceAll("urn:", "").replaceAll(":", ".").replaceAll("-", "_");
  const type = schema.type.toUpperCase();
  const data = { type: "record", name: `${schema.name}_data`, namespace, fields: schema.data_fields ?? [] };
  const isResponse = type === "RESPONSE";
  return {
    type: "record",
    name: schema.name,
    namespace,
    doc: schema.doc ?? `${schema.name} ${type} Record`,
    fields: [
      { name: "record_namespace", type: "string" },
      { name: "record_name", type: "string" },
      { name: "type", type: { type: "enum", name: "RecordType", symbols: [type] } },
      { name: "protocol_version", type: "string" },
      { name: "version", type: "string" },
      { name: "source", type: "string" },
      { name: "uuid", type: "string" },
      { name: "correlation_id", type: "string" },
      { name: "partition_key", type: ["string", "null"] },
      { name: "date_timestamp", type: "long" },
      { name: "date_iso8601", type: "string" },
      ...(isResponse ? RESPONSE_FIELDS : []),
      { name: "context", type: { type: "map", values: { type: "map", values: CONTEXT_VALUES } } },
      { name: "data", type: isResponse ? [{ type: "map", values: [] }, data] : data },
    ],
  };
}

const RESPONSE_FIELDS = [
  { name: "destination", type: "string" },
  { name: "request_uuid", type: "string" },
  { name: "ok", type: "boolean" },
  { name: "error_code", type: ["null", "int"] },
  { name: "error_message", type: ["null", "string"] },
];
