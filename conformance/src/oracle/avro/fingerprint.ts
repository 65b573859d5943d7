import type { AvroSchema } from "./schema.js";

const PRIMITIVES = new Set(["null", "boolean", "int", "long", "float", "double", "bytes", "string"]);
const EMPTY = 0xc15d213aa4d7a795n;

/** The CRC-64-AVRO fingerprint of a schema, as the eight little-endian bytes of a single-object message. */
export function fingerprintOf(schema: AvroSchema): Uint8Array {
  let fingerprint = EMPTY;
  for (const byte of new TextEncoder().encode(canonicalForm(schema))) {
    fingerprint ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) fingerprint = (fingerprint >> 1n) ^ (fingerprint & 1n ? EMPTY : 0n);
  }
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, fingerprint, true);
  return bytes;
}

/** The Parsing Canonical Form of a schema, as the Avro specification defines it. */
export function canonicalForm(schema: AvroSchema, namespace = ""): string {
  if (typeof schema === "string")
    return JSON.stringify(PRIMITIVES.has(schema) ? schema : fullName(schema, namespace));
  if (Array.isArray(schema)) return `[${schema.map((branch) => canonicalForm(branch, namespace)).join(",")}]`;
  const {
    type,
    name,
    namespace: own,
    fields,
    symbols,
    items,
    values,
    size,
  } = schema as unknown as AvroObject;
  if (typeof type !== "string" || PRIMITIVES.has(type)) return canonicalForm(type, namespace);
  const parts: string[] = [];
  let inner = namespace;
  if (name !== undefined) {
    const full = fullName(name, own ?? namespace);
    inner = full.includes(".") ? full.slice(0, full.lastIndexOf(".")) : "";
    parts.push(`"name":${JSON.stringify(full)}`);
  }
  parts.push(`"type":${JSON.stringify(type)}`);
  if (fields) {
    const members = fields.map(
      (f) => `{"name":${JSON.stringify(f.name)},"type":${canonicalForm(f.type, inner)}}`,
    );
    parts.push(`"fields":[${members.join(",")}]`);
  }
  if (symbols) parts.push(`"symbols":${JSON.stringify(symbols)}`);
  if (items) parts.push(`"items":${canonicalForm(items, inner)}`);
  if (values) parts.push(`"values":${canonicalForm(values, inner)}`);
  if (size !== undefined) parts.push(`"size":${size}`);
  return `{${parts.join(",")}}`;
}

interface AvroObject {
  readonly type: AvroSchema;
  readonly name?: string;
  readonly namespace?: string;
  readonly fields?: readonly { readonly name: string; readonly type: AvroSchema }[];
  readonly symbols?: readonly string[];
  readonly items?: AvroSchema;
  readonly values?: AvroSchema;
  readonly size?: number;
}

function fullName(name: string, namespace: string): string {
  return name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;
}
