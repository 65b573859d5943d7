import { orRefuse, Refusal } from "../refusal.js";
import { entriesOf, stringValue, type Value } from "../values.js";
import { fromWire, type NeutralRecord } from "../wire-record.js";
import { type CompiledAvro, compileAvro } from "./compile.js";
import { readContainer } from "./container.js";
import { fingerprintOf } from "./fingerprint.js";
import { type AvroSchema, avroSchemaOf, type EventySchema } from "./schema.js";
import { fromRaw } from "./values.js";

/** Decodes a record of protocol 3 in an Avro object container file, which must hold exactly one. */
export function decodeAvro(bytes: Uint8Array): NeutralRecord {
  return fromWire(avroEnvelope(bytes));
}

/** The fields of the record in a container file as they are spelled there, by their JSON names. */
export function avroEnvelope(bytes: Uint8Array): ReadonlyMap<string, Value> {
  const { schema: text, blocks } = readContainer(bytes);
  const schema: AvroSchema = orRefuse("the schema is not JSON", () => JSON.parse(text));
  const compiled = orRefuse("not an Avro schema", () => compileAvro(schema));
  const count = blocks.reduce((sum, block) => sum + block.count, 0);
  if (count !== 1) throw new Refusal(`${count} records in the file`);
  return envelope(read(compiled, Buffer.concat(blocks.map((block) => block.items))), schema);
}

/** Decodes a record of protocol 3 in the Avro single-object encoding. */
export function decodeSingleObject(bytes: Uint8Array, schema: EventySchema): NeutralRecord {
  const avro = avroSchemaOf(schema);
  if (bytes[0] !== 0xc3 || bytes[1] !== 0x01) throw new Refusal("not the Avro single-object encoding");
  if (!Buffer.from(fingerprintOf(avro)).equals(bytes.subarray(2, 10)))
    throw new Refusal("another fingerprint");
  return fromWire(envelope(read(compileAvro(avro), Buffer.from(bytes.subarray(10))), avro));
}

function read({ node, type }: CompiledAvro, items: Buffer): Map<string, Value> {
  const { kind } = fromRaw(
    node,
    orRefuse("not of the schema", () => type.fromBuffer(items)),
  );
  if (kind.case !== "map") throw new Refusal("the schema is not of a record");
  return entriesOf(kind.value);
}

/** The fields of the record by their JSON names. Older writers left its name to the schema. */
function envelope(fields: Map<string, Value>, schema: AvroSchema): Map<string, Value> {
  const { name = "", namespace = "unspecified" } = schema as { name?: string; namespace?: string };
  const parts = name.split(".");
  fields.set("name", fields.get("record_name") ?? stringValue(parts.pop() ?? ""));
  const urn = `urn:${parts.length > 0 ? parts.join(":") : namespace.replaceAll(".", ":")}`;
  fields.set("namespace", fields.get("record_namespace") ?? stringValue(urn));
  return fields;
}
