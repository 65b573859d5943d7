import { createHash } from "node:crypto";
import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { encodeValue } from "../../../src/oracle/avro/encode.js";
import type { AvroSchema } from "../../../src/oracle/avro/schema.js";
import { type Plain, toValue } from "../../../src/oracle/values.js";
import { type Fields, recordOf } from "../base.js";
import { decodeLines } from "../decode-lines.js";
import { block, file, SYNC } from "./bytes.js";

export type Datum = { readonly [field: string]: readonly [type: AvroSchema, value: Plain] };

const HEADER = { namespace: "com.example.orders", name: "OrderPlaced" };
const NAMESPACE = "521d969e-6d1b-5225-a156-33684239c7a1";
export const CONTEXT: AvroSchema = {
  type: "map",
  values: { type: "map", values: ["string", "double", "float", "long", "int", "boolean", "null"] },
};

const LINES = decodeLines("avro");

interface LegacyFile {
  readonly bytes: Buffer;
  /** The one datum in it. */
  readonly datum: Uint8Array;
}

/** A container file as writers of protocols 1 and 2 made them. */
export function legacyFile(datum: Datum, header: { namespace?: string; name?: string } = HEADER): LegacyFile {
  const fields = Object.entries(datum).map(([name, [type]]) => ({ name, type }));
  const schema = { type: "record", ...header, fields };
  const value = toValue(Object.fromEntries(Object.entries(datum).map(([name, [, plain]]) => [name, plain])));
  const bytes = encodeValue(value, schema);
  return { bytes: file({ schema, blocks: [block(bytes)] }), datum: bytes };
}

/** The name-based UUID of the first datum of a file. */
function uuidOf(datum: Uint8Array): string {
  const hash = createHash("sha1")
    .update(Buffer.from(NAMESPACE.replaceAll("-", ""), "hex"))
    .update(SYNC)
    .update(Buffer.alloc(8))
    .update(datum)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A file that must be read as a record of these fields. */
export function accept(
  id: string,
  title: string,
  requirements: string[],
  { bytes, datum }: LegacyFile,
  fields: Fields,
): DecodeLine {
  const uuid = fields.uuid ?? uuidOf(datum);
  const source = fields.source ?? "urn:unspecified";
  const record = recordOf({
    namespace: "urn:com:example:orders",
    name: "OrderPlaced",
    protocolVersion: "1.0.0",
    source,
    partitionKey: null,
    date: 0n,
    ...fields,
    uuid,
    correlationId: fields.correlationId ?? `${source.slice("urn:".length)}:OrderPlaced:${uuid}`,
  });
  return LINES.accept(`legacy-${id}`, title, requirements, bytes, record);
}

/** A file that must be refused. */
export function refuse(id: string, title: string, requirements: string[], { bytes }: LegacyFile): DecodeLine {
  return LINES.refuse(`legacy-${id}`, `refuses ${title}`, requirements, bytes, "INVALID_RECORD");
}
