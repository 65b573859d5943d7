import { crc32, deflateRawSync } from "node:zlib";
import { compress } from "snappyjs";
import type { DecodeLine } from "../../src/cases/golden/line.js";
import { avroFields, encodeItem, encodeValue } from "../../src/oracle/avro/encode.js";
import { inferFields } from "../../src/oracle/avro/infer.js";
import { type AvroSchema, avroSchemaOf } from "../../src/oracle/avro/schema.js";
import { encodeAvro, encodeSingleObject, type NeutralRecord } from "../../src/oracle/index.js";
import { mapOf, mapValue, type Plain, type PlainMap, toValue } from "../../src/oracle/values.js";
import { block, envelope, eventSchema, file, long, SYNC, sized } from "./avro-bytes.js";
import { base64, type Fields, recordJson, recordOf, schemaOf } from "./base.js";

const PLAIN = recordOf({ data: { order: 42, note: "ok" } });
const PLAIN_SCHEMA = eventSchema(inferFields(PLAIN));
const PLAIN_ITEM = encodeItem(PLAIN, PLAIN_SCHEMA);
const BARE = recordOf();

function accept(
  id: string,
  title: string,
  requirements: string[],
  bytes: Uint8Array,
  record: NeutralRecord | Fields,
): DecodeLine {
  const expected = "$typeName" in record ? record : recordOf(record);
  return {
    id,
    title,
    encoding: "avro",
    bytes_base64: base64(bytes),
    record: recordJson(expected),
    requirements,
  };
}

function refuse(
  id: string,
  title: string,
  requirements: string[],
  bytes: Uint8Array,
  code: string,
): DecodeLine {
  return { id, title, encoding: "avro", bytes_base64: base64(bytes), refuse: { code }, requirements };
}

/** A container file of the plain record, but for the given parts. */
function plainFile(parts: Partial<Parameters<typeof file>[0]>): Buffer {
  return file({ schema: PLAIN_SCHEMA, blocks: [block(PLAIN_ITEM)], ...parts });
}

/** A file of an event whose data has one field, `v`, of this type and these bytes. */
function typed(type: AvroSchema, ...bytes: Uint8Array[]): Buffer {
  return file({
    schema: eventSchema([{ name: "v", type }]),
    blocks: [block(Buffer.concat([envelope(BARE, "data"), ...bytes]))],
  });
}

function v(value: Plain): { data: PlainMap } {
  return { data: { v: value } };
}

/** A file of an event with this context in bytes, and no data. */
function withContext(...bytes: Uint8Array[]): Buffer {
  return file({
    schema: eventSchema(),
    blocks: [block(Buffer.concat([envelope(BARE, "context"), ...bytes]))],
  });
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function snappy(items: Uint8Array, checksum = crc32(items)): Buffer {
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(checksum >>> 0);
  return Buffer.concat([compress(items), tail]);
}

const NUMBERS: AvroSchema = ["int", "long", "float", "double"];
const TREE: AvroSchema = { type: "record", name: "Tree", fields: [{ name: "in", type: ["null", "Tree"] }] };

/** A chain of nested records, the innermost of which has a null. */
function tree(levels: number): Buffer {
  return Buffer.concat([...Array.from({ length: levels - 1 }, () => long(1)), long(0)]);
}

function nestedTree(levels: number): Plain {
  let value: Plain = { in: null };
  for (let level = 1; level < levels; level++) value = { in: value };
  return value;
}

type Changes = { readonly [field: string]: readonly [type: AvroSchema, value: Plain] | null };

/** A file whose schema and datum lack fields of the record, or have others. */
function changed(
  record: NeutralRecord,
  changes: Changes,
  header: { name?: string; namespace?: string } = {},
): Buffer {
  const base = avroSchemaOf(schemaOf(record, inferFields(record))) as unknown as AvroRecord;
  const types = new Map(base.fields.map((field) => [field.name, field.type]));
  const values = new Map(avroFields(record));
  for (const [name, change] of Object.entries(changes)) {
    types.delete(name);
    values.delete(name);
    if (change === null) continue;
    types.set(name, change[0]);
    values.set(name, toValue(change[1]));
  }
  const schema = {
    ...base,
    ...header,
    fields: Array.from(types, ([name, type]) => ({ name, type })),
  } as AvroSchema;
  return file({ schema, blocks: [block(encodeValue(mapValue(mapOf(values)), schema))] });
}

interface AvroRecord {
  readonly fields: readonly { readonly name: string; readonly type: AvroSchema }[];
}

const RESPONSE = recordOf({ type: "RESPONSE" });
const RESPONSE_FIELDS = ["destination", "request_uuid", "ok", "error_code", "error_message"];
const FIELDS = [
  "type",
  "protocol_version",
  "version",
  "source",
  "uuid",
  "correlation_id",
  "partition_key",
  "date_timestamp",
  "date_iso8601",
  "context",
  "data",
];

/** Decode cases of Avro container files alone. */
export function avroLines(): DecodeLine[] {
  return [...containers(), ...data(), ...envelopes(), ...badContainers(), ...badData(), ...badEnvelopes()];
}

function containers(): DecodeLine[] {
  const deflate = { "avro.codec": "deflate" };
  return [
    accept(
      "codec-absent",
      "reads a file that names no codec",
      ["COD-035"],
      plainFile({ meta: { "avro.codec": undefined } }),
      PLAIN,
    ),
    accept(
      "deflate",
      "reads deflate",
      ["COD-035"],
      plainFile({ meta: deflate, blocks: [block(deflateRawSync(PLAIN_ITEM))] }),
      PLAIN,
    ),
    accept(
      "deflate-stored",
      "reads deflate that is only stored",
      ["COD-035"],
      plainFile({ meta: deflate, blocks: [block(deflateRawSync(PLAIN_ITEM, { level: 0 }))] }),
      PLAIN,
    ),
    accept(
      "deflate-trailing",
      "ignores bytes after the end of deflate",
      ["COD-074"],
      plainFile({
        meta: deflate,
        blocks: [block(Buffer.concat([deflateRawSync(PLAIN_ITEM), Buffer.from([1, 2, 3])]))],
      }),
      PLAIN,
    ),
    accept(
      "snappy",
      "reads snappy",
      ["COD-035"],
      plainFile({ meta: { "avro.codec": "snappy" }, blocks: [block(snappy(PLAIN_ITEM))] }),
      PLAIN,
    ),
    accept(
      "several-blocks",
      "reads past blocks without a datum",
      ["COD-039"],
      plainFile({ blocks: [block(Buffer.alloc(0), 0), block(PLAIN_ITEM), block(Buffer.alloc(0), 0)] }),
      PLAIN,
    ),
    accept(
      "metadata",
      "accepts metadata that it does not know",
      ["COD-039"],
      plainFile({ meta: { "": "", "user.note": "\u0000", __proto: "x" } }),
      PLAIN,
    ),
    {
      ...accept(
        "recognised",
        "recognises a container file by its first bytes",
        ["COD-008"],
        plainFile({}),
        PLAIN,
      ),
      encoding: "any",
    },
  ];
}

function data(): DecodeLine[] {
  const wide = "9223372036854775807";
  return [
    accept(
      "union-int",
      "reads the int branch of a union of numbers",
      ["COD-052"],
      typed(NUMBERS, long(0), long(-7)),
      v(-7),
    ),
    accept(
      "union-long",
      "reads the long branch of a union of numbers",
      ["COD-052"],
      typed(NUMBERS, long(1), long(BigInt(wide))),
      v(BigInt(wide)),
    ),
    accept(
      "union-float",
      "reads the float branch of a union of numbers",
      ["COD-052"],
      typed(NUMBERS, long(2), float(12345.678)),
      v(12345.677734375),
    ),
    accept(
      "union-double",
      "reads the double branch of a union of numbers",
      ["COD-052"],
      typed(NUMBERS, long(3), double(12345.678)),
      v(12345.678),
    ),
    accept(
      "context-branches",
      "reads every branch of a context value",
      ["COD-052"],
      withContext(
        long(1),
        sized("urn:orders"),
        long(7),
        ...[sized("s"), long(0), sized("x")],
        ...[sized("d"), long(1), double(0.1)],
        ...[sized("f"), long(2), float(0.1)],
        ...[sized("l"), long(3), long(2n ** 62n)],
        ...[sized("i"), long(4), long(-1)],
        ...[sized("b"), long(5), Buffer.from([1])],
        ...[sized("n"), long(6)],
        long(0),
        long(0),
      ),
      {
        context: {
          "urn:orders": { s: "x", d: 0.1, f: Math.fround(0.1), l: 2n ** 62n, i: -1, b: true, n: null },
        },
      },
    ),
    accept(
      "enum",
      "reads an enum as a string",
      ["COD-031"],
      typed({ type: "enum", name: "Colour", symbols: ["RED", "GREEN"] }, long(1)),
      v("GREEN"),
    ),
    accept(
      "fixed",
      "reads a fixed as bytes",
      ["COD-031"],
      typed({ type: "fixed", name: "Hash", size: 3 }, Buffer.from([0, 255, 7])),
      v(new Uint8Array([0, 255, 7])),
    ),
    accept(
      "logical-type",
      "a logical type says nothing",
      ["COD-031"],
      typed({ type: "long", logicalType: "timestamp-millis" }, long(1709202896999)),
      v(1709202896999),
    ),
    accept(
      "logical-decimal",
      "a decimal is bytes",
      ["COD-031"],
      typed(
        { type: "bytes", logicalType: "decimal", precision: 4, scale: 2 },
        sized(new Uint8Array([4, 210])),
      ),
      v(new Uint8Array([4, 210])),
    ),
    accept(
      "nested-record",
      "reads records in records, and named types again",
      ["COD-031"],
      typed(
        {
          type: "record",
          name: "Pair",
          fields: [
            { name: "a", type: { type: "enum", name: "Side", symbols: ["L", "R"] } },
            { name: "b", type: "Side" },
          ],
        },
        long(1),
        long(0),
      ),
      v({ a: "R", b: "L" }),
    ),
    accept("recursive", "reads a recursive type", ["COD-031"], typed(TREE, tree(3)), v(nestedTree(3))),
    accept(
      "recursive-128",
      "reads a recursive type of 128 levels",
      ["REC-057"],
      typed(TREE, tree(127)),
      v(nestedTree(127)),
    ),
    accept(
      "array-blocks",
      "takes an array in several blocks",
      ["COD-054"],
      typed({ type: "array", items: "long" }, long(1), long(1), long(2), long(2), long(3), long(0)),
      v([1, 2, 3]),
    ),
    accept(
      "array-sized-block",
      "takes a block with a negative count and a size",
      ["COD-054"],
      typed({ type: "array", items: "long" }, long(-2), long(2), long(1), long(2), long(0)),
      v([1, 2]),
    ),
    accept(
      "map-blocks",
      "takes a map in several blocks, with sizes or not",
      ["COD-054"],
      typed(
        { type: "map", values: "long" },
        long(-1),
        long(3),
        sized("a"),
        long(1),
        long(1),
        sized("b"),
        long(2),
        long(0),
      ),
      v({ a: 1, b: 2 }),
    ),
    accept(
      "map-duplicates",
      "takes the last of equal keys",
      ["COD-055"],
      typed({ type: "map", values: "long" }, long(2), sized("a"), long(1), sized("a"), long(2), long(0)),
      v({ a: 2 }),
    ),
    accept(
      "context-duplicates",
      "takes the last of equal keys in a context, unmerged",
      ["COD-055"],
      withContext(
        long(2),
        sized("urn:a"),
        long(1),
        sized("x"),
        long(6),
        long(0),
        sized("urn:a"),
        long(1),
        sized("y"),
        long(6),
        long(0),
        long(0),
      ),
      { context: { "urn:a": { y: null } } },
    ),
    accept(
      "keys",
      "keeps the key __proto__",
      ["REC-053"],
      typed(
        { type: "map", values: "long" },
        long(2),
        sized("__proto__"),
        long(1),
        sized("constructor"),
        long(2),
        long(0),
      ),
      v(
        new Map([
          ["__proto__", 1],
          ["constructor", 2],
        ]),
      ),
    ),
    accept(
      "field-constructor",
      "keeps a field named constructor",
      ["REC-053"],
      changed(recordOf(), {
        data: [
          {
            type: "record",
            name: "D",
            fields: [
              { name: "constructor", type: "long" },
              { name: "__proto__", type: "string" },
            ],
          },
          new Map<string, Plain>([
            ["constructor", 1],
            ["__proto__", "x"],
          ]),
        ],
      }),
      {
        data: new Map<string, Plain>([
          ["constructor", 1],
          ["__proto__", "x"],
        ]),
      },
    ),
    accept(
      "nulls",
      "reads a list of nulls no longer than the datum",
      ["COD-056"],
      typed({ type: "array", items: "null" }, long(3), long(0)),
      v([null, null, null]),
    ),
    accept(
      "empty-records",
      "reads a list of empty records",
      ["COD-056"],
      typed({ type: "array", items: { type: "record", name: "E", fields: [] } }, long(2), long(0)),
      v([{}, {}]),
    ),
    accept(
      "negative-zero-length",
      "reads empty texts and bytes",
      ["COD-031"],
      typed(
        { type: "array", items: ["string", "bytes"] },
        long(2),
        long(0),
        long(0),
        long(1),
        long(0),
        long(0),
      ),
      v(["", new Uint8Array()]),
    ),
    accept(
      "field-names",
      "reads names of fields that Avro does not allow",
      ["COD-031"],
      changed(PLAIN, {
        data: [
          {
            type: "record",
            name: "D",
            fields: [
              { name: "a-b", type: "long" },
              { name: "1", type: "long" },
            ],
          },
          { "a-b": 1, "1": 2 },
        ],
      }),
      { data: { "a-b": 1, "1": 2 } },
    ),
    accept(
      "data-map",
      "reads data that is a map",
      ["COD-031"],
      changed(PLAIN, { data: [{ type: "map", values: "long" }, { "a-b": 1 }] }),
      { data: { "a-b": 1 } },
    ),
  ];
}

function envelopes(): DecodeLine[] {
  const both = { record_name: null, record_namespace: null };
  return [
    accept(
      "field-order",
      "reads fields in the order of the schema",
      ["COD-031"],
      changed(PLAIN, { type: ["string", "EVENT"], uuid: ["string", PLAIN.uuid] }),
      PLAIN,
    ),
    accept(
      "unknown-fields",
      "ignores fields that it does not know",
      ["REC-006"],
      changed(PLAIN, { shard: ["long", 7], destiny: [["null", "string"], null] }),
      PLAIN,
    ),
    accept("name-from-schema", "takes the name from the schema", ["COD-032"], changed(PLAIN, both), PLAIN),
    accept(
      "name-from-full-name",
      "takes the name from a full name",
      ["COD-032"],
      changed(PLAIN, both, { name: "pay.ments.Charge", namespace: "ignored" }),
      recordOf({ namespace: "urn:pay:ments", data: { order: 42, note: "ok" } }),
    ),
    accept(
      "date-offset",
      "applies the offset of a date",
      ["REC-033", "REC-035"],
      changed(PLAIN, { date_iso8601: ["string", "2024-02-29T12:34:56.9999999+02:00"] }),
      PLAIN,
    ),
    accept(
      "date-timestamp-differs",
      "the text counts where the dates differ",
      ["REC-036"],
      changed(PLAIN, { date_timestamp: ["long", 1] }),
      PLAIN,
    ),
    accept(
      "uuid-spelling",
      "reads other spellings of a uuid",
      ["REC-022", "REC-023"],
      changed(PLAIN, { uuid: ["string", "urn:uuid:{6BA7B8109DAD41D180B400C04FD430C8}"] }),
      PLAIN,
    ),
  ];
}

function badContainers(): DecodeLine[] {
  const deflate = { "avro.codec": "deflate" };
  const damaged = Buffer.from(deflateRawSync(PLAIN_ITEM));
  damaged.fill(0xff, 4, 12);
  const invalid: [string, string][] = [
    ["not-json", "{"],
    ["unknown-type", '"nothing"'],
    ["no-fields", '{"type": "record", "name": "A"}'],
    ["bad-name", '{"type": "record", "name": "a-b", "fields": []}'],
    ["unknown-reference", '{"type": "record", "name": "A", "fields": [{"name": "a", "type": "B"}]}'],
    [
      "twice-defined",
      '{"type": "record", "name": "A", "fields": [{"name": "a", "type": {"type": "fixed", "name": "B", "size": 1}}, {"name": "b", "type": {"type": "fixed", "name": "B", "size": 1}}]}',
    ],
    ["nested-union", '["null", ["null", "int"]]'],
    ["union-twice", '["int", "int"]'],
    ["negative-fixed", '{"type": "fixed", "name": "A", "size": -1}'],
    ["number", "7"],
  ];
  return [
    refuse("empty", "refuses no bytes", ["COD-002"], Buffer.alloc(0), "MALFORMED"),
    refuse(
      "magic",
      "refuses another magic",
      ["COD-038"],
      Buffer.concat([Buffer.from("Obj\u0002"), plainFile({}).subarray(4)]),
      "MALFORMED",
    ),
    refuse(
      "no-schema",
      "refuses a header without a schema",
      ["COD-038"],
      plainFile({ meta: { "avro.schema": undefined } }),
      "MALFORMED",
    ),
    refuse(
      "bad-sync",
      "refuses a sync marker that differs",
      ["COD-038"],
      plainFile({ blocks: [block(PLAIN_ITEM, 1, Buffer.from("EVENTY-golden-16"))] }),
      "MALFORMED",
    ),
    refuse(
      "bad-sync-second",
      "refuses a sync marker that differs after the datum",
      ["COD-038"],
      plainFile({ blocks: [block(PLAIN_ITEM), block(Buffer.alloc(0), 0, Buffer.alloc(16))] }),
      "MALFORMED",
    ),
    refuse(
      "unknown-codec",
      "refuses a codec that it does not know",
      ["COD-037"],
      plainFile({ meta: { "avro.codec": "x-unknown" } }),
      "UNKNOWN_ENCODING",
    ),
    refuse(
      "bad-deflate",
      "refuses damaged deflate",
      ["COD-038"],
      plainFile({ meta: deflate, blocks: [block(damaged)] }),
      "MALFORMED",
    ),
    refuse(
      "cut-deflate",
      "refuses deflate that is cut short",
      ["COD-038"],
      plainFile({ meta: deflate, blocks: [block(deflateRawSync(PLAIN_ITEM).subarray(0, -3))] }),
      "MALFORMED",
    ),
    refuse(
      "bad-checksum",
      "refuses a wrong checksum of snappy",
      ["COD-038"],
      plainFile({ meta: { "avro.codec": "snappy" }, blocks: [block(snappy(PLAIN_ITEM, 1))] }),
      "MALFORMED",
    ),
    refuse(
      "bad-snappy",
      "refuses damaged snappy",
      ["COD-038"],
      plainFile({
        meta: { "avro.codec": "snappy" },
        blocks: [block(Buffer.from([255, 255, 255, 255, 7, 1, 2, 3]))],
      }),
      "MALFORMED",
    ),
    refuse(
      "no-datum",
      "refuses a file without a datum",
      ["COD-040"],
      plainFile({ blocks: [] }),
      "INVALID_RECORD",
    ),
    refuse(
      "empty-blocks",
      "refuses a file of empty blocks",
      ["COD-040"],
      plainFile({ blocks: [block(Buffer.alloc(0), 0)] }),
      "INVALID_RECORD",
    ),
    refuse(
      "two-data",
      "refuses two data in a block",
      ["COD-040"],
      plainFile({ blocks: [block(Buffer.concat([PLAIN_ITEM, PLAIN_ITEM]), 2)] }),
      "INVALID_RECORD",
    ),
    refuse(
      "two-blocks",
      "refuses two blocks with a datum each",
      ["COD-040"],
      plainFile({ blocks: [block(PLAIN_ITEM), block(PLAIN_ITEM)] }),
      "INVALID_RECORD",
    ),
    refuse(
      "trailing-in-block",
      "refuses bytes after the datum",
      ["COD-003"],
      plainFile({ blocks: [block(Buffer.concat([PLAIN_ITEM, Buffer.from([0])]))] }),
      "MALFORMED",
    ),
    refuse(
      "trailing",
      "refuses bytes after the last block",
      ["COD-003"],
      Buffer.concat([plainFile({}), Buffer.from([0x80])]),
      "MALFORMED",
    ),
    refuse(
      "block-size",
      "refuses a block larger than the file",
      ["COD-002", "COD-006"],
      plainFile({ blocks: [long(1), long(2n ** 40n), PLAIN_ITEM, SYNC] }),
      "MALFORMED",
    ),
    refuse(
      "block-negative-size",
      "refuses a negative size of a block",
      ["COD-053"],
      plainFile({ blocks: [long(1), long(-1), PLAIN_ITEM, SYNC] }),
      "MALFORMED",
    ),
    refuse(
      "not-record",
      "refuses a schema that is no record's",
      ["COD-034"],
      file({ schema: "string", blocks: [block(sized("x"))] }),
      "INVALID_RECORD",
    ),
    ...invalid.map(([id, schema]) =>
      refuse(
        `schema-${id}`,
        `refuses an invalid schema (${id})`,
        ["COD-033"],
        plainFile({ meta: { "avro.schema": schema } }),
        "INVALID_SCHEMA",
      ),
    ),
  ];
}

function badData(): DecodeLine[] {
  const many = long(2n ** 60n);
  const array = (items: AvroSchema): AvroSchema => ({ type: "array", items });
  const empty: AvroSchema = { type: "record", name: "E", fields: [] };
  const cases: [id: string, title: string, type: AvroSchema, ...bytes: Uint8Array[]][] = [
    ["union-index", "an index beyond the branches of a union", NUMBERS, long(4), long(0)],
    ["union-negative", "a negative index of a union", NUMBERS, long(-1), long(0)],
    [
      "enum-index",
      "an index beyond the symbols of an enum",
      { type: "enum", name: "C", symbols: ["A"] },
      long(1),
    ],
    ["enum-negative", "a negative index of an enum", { type: "enum", name: "C", symbols: ["A"] }, long(-1)],
    ["boolean", "a boolean that is neither 0 nor 1", "boolean", Buffer.from([2])],
    ["int-32", "an int beyond 32 bits", "int", long(2 ** 31)],
    ["varint", "a variable-length integer of 11 bytes", "long", Buffer.alloc(10, 0x80), Buffer.from([1])],
    ["string-negative", "a negative length of a string", "string", long(-1)],
    ["bytes-negative", "a negative length of bytes", "bytes", long(-(2n ** 62n))],
    [
      "empty-union",
      "a value of an empty union",
      { type: "map", values: [] },
      long(1),
      sized("a"),
      long(0),
      long(0),
    ],
  ];
  const cut: [id: string, title: string, type: AvroSchema, ...bytes: Uint8Array[]][] = [
    ["string-length", "a string longer than the file", "string", long(2n ** 40n), Buffer.from("x")],
    ["bytes-length", "bytes of 2^62", "bytes", long(2n ** 62n), Buffer.from("x")],
    ["fixed-length", "a fixed of a gigabyte", { type: "fixed", name: "F", size: 2 ** 30 }, Buffer.from("x")],
  ];
  const counts: [id: string, title: string, type: AvroSchema, ...bytes: Uint8Array[]][] = [
    ["array-count", "an array of 2^60 longs", array("long"), many, long(1)],
    ["null-count", "an array of 2^60 nulls", array("null"), many, long(0)],
    ["null-million", "an array of 2^20 nulls", array("null"), long(2 ** 20), long(0)],
    ["empty-count", "an array of 2^60 empty records", array(empty), many, long(0)],
    [
      "null-negative-count",
      "an array of 2^60 nulls with a size",
      array("null"),
      long(-(2n ** 60n)),
      long(0),
      long(0),
    ],
    [
      "null-blocks",
      "an array of nulls in many large blocks",
      array("null"),
      ...Array.from({ length: 50 }, () => long(2n ** 40n)),
      long(0),
    ],
    ["smallest-count", "a count of -2^63", array("null"), long(-(2n ** 63n)), long(0), long(0)],
    ["map-count", "a map of 2^60 entries", { type: "map", values: "null" }, many, sized("a"), long(0)],
  ];
  return [
    ...cases.map(([id, title, type, ...bytes]) =>
      refuse(`datum-${id}`, `refuses ${title}`, ["COD-053"], typed(type, ...bytes), "MALFORMED"),
    ),
    ...cut.map(([id, title, type, ...bytes]) =>
      refuse(`datum-${id}`, `refuses ${title}`, ["COD-002", "COD-006"], typed(type, ...bytes), "MALFORMED"),
    ),
    ...counts.map(([id, title, type, ...bytes]) =>
      refuse(`count-${id}`, `refuses ${title}`, ["COD-056", "COD-006"], typed(type, ...bytes), "MALFORMED"),
    ),
    refuse(
      "utf-8",
      "refuses a string that is not UTF-8",
      ["COD-004"],
      typed("string", sized(new Uint8Array([0x61, 0xff]))),
      "MALFORMED",
    ),
    refuse(
      "utf-8-surrogate",
      "refuses an encoded surrogate",
      ["COD-004"],
      typed("string", sized(new Uint8Array([0xed, 0xa0, 0x80]))),
      "MALFORMED",
    ),
    refuse(
      "utf-8-key",
      "refuses a key that is not UTF-8",
      ["COD-004"],
      typed({ type: "map", values: "null" }, long(1), sized(new Uint8Array([0xc0, 0x80])), long(0)),
      "MALFORMED",
    ),
    refuse("nan", "refuses NaN", ["REC-049"], typed("double", double(Number.NaN)), "INVALID_RECORD"),
    refuse(
      "infinity",
      "refuses an infinity",
      ["REC-049"],
      typed("float", float(-Infinity)),
      "INVALID_RECORD",
    ),
    refuse(
      "context-nan",
      "refuses NaN in a context",
      ["REC-049"],
      withContext(
        long(1),
        sized("urn:a"),
        long(1),
        sized("v"),
        long(1),
        double(Number.NaN),
        long(0),
        long(0),
      ),
      "INVALID_RECORD",
    ),
    refuse("nesting", "refuses 129 levels", ["REC-058"], typed(TREE, tree(128)), "LIMIT_EXCEEDED"),
    refuse("nesting-far", "refuses 5000 levels", ["REC-058"], typed(TREE, tree(5000)), "LIMIT_EXCEEDED"),
  ];
}

function badEnvelopes(): DecodeLine[] {
  const wrong: [string, AvroSchema, Plain][] = [
    ["version", "long", 1],
    ["source", "bytes", Buffer.from("urn:a")],
    ["uuid", "long", 5],
    ["correlation_id", "boolean", true],
    ["partition_key", "long", 5],
    ["date_iso8601", "long", 0],
    ["ok", "string", "yes"],
    ["error_message", "long", 5],
    ["context", { type: "map", values: "long" }, { "urn:a": 1 }],
    ["context", { type: "array", items: "long" }, []],
    ["data", "string", "x"],
    ["data", { type: "array", items: "long" }, []],
  ];
  const texts: [string, string, string, string][] = [
    ["REC-004", "type", "COMMAND", "INVALID_RECORD"],
    ["REC-010", "source", "orders", "INVALID_RECORD"],
    ["REC-010", "record_namespace", "URN:a", "INVALID_RECORD"],
    ["REC-011", "destination", "urn:a.b", "INVALID_RECORD"],
    ["REC-015", "version", "1.2", "INVALID_RECORD"],
    ["REC-015", "protocol_version", "3", "INVALID_RECORD"],
    ["REC-017", "protocol_version", "4.0.0", "UNSUPPORTED_VERSION"],
    ["REC-017", "protocol_version", "0.9.0", "UNSUPPORTED_VERSION"],
    ["REC-024", "uuid", "nope", "INVALID_RECORD"],
    ["REC-034", "date_iso8601", "yesterday", "INVALID_RECORD"],
    ["REC-034", "date_iso8601", "2024-02-29T10:34:56", "INVALID_RECORD"],
  ];
  return [
    ...[...FIELDS.filter((name) => name !== "protocol_version"), ...RESPONSE_FIELDS].map((name) =>
      refuse(
        `missing-${name}`,
        `refuses a record without ${name}`,
        ["REC-001"],
        changed(RESPONSE, { [name]: null }),
        "INVALID_RECORD",
      ),
    ),
    ...wrong.map(([name, type, value], i) =>
      refuse(
        `wrong-${i}-${name}`,
        `refuses another kind of ${name}`,
        ["REC-003"],
        changed(RESPONSE, { [name]: [type, value] }),
        "INVALID_RECORD",
      ),
    ),
    ...texts.map(([requirement, name, text, code], i) =>
      refuse(
        `bad-${i}-${name}`,
        `refuses ${JSON.stringify(text)} as ${name}`,
        [requirement],
        changed(RESPONSE, { [name]: ["string", text] }),
        code,
      ),
    ),
    ...["namespace", "uuid", "context", "data"].map((name) =>
      refuse(
        `null-${name}`,
        `refuses a null ${name}`,
        ["REC-002"],
        changed(RESPONSE, { [name === "namespace" ? "record_namespace" : name]: ["null", null] }),
        "INVALID_RECORD",
      ),
    ),
    ...RESPONSE_FIELDS.map((name) =>
      refuse(
        `event-${name}`,
        `refuses an event with ${name}`,
        ["REC-005"],
        changed(PLAIN, { [name]: [["null", "string"], name === "destination" ? "urn:a" : null] }),
        "INVALID_RECORD",
      ),
    ),
    refuse(
      "protocol-4-fields",
      "another major is unsupported whatever its fields are",
      ["REC-018"],
      file({
        schema: { type: "record", name: "Later", fields: [{ name: "protocol_version", type: "string" }] },
        blocks: [block(sized("4.0.0"))],
      }),
      "UNSUPPORTED_VERSION",
    ),
  ];
}

/** Decode cases of Avro single objects alone. */
export function singleObjectLines(): DecodeLine[] {
  const schema = schemaOf(PLAIN, inferFields(PLAIN));
  const bytes = encodeSingleObject(PLAIN, schema);
  const single = { encoding: "avro-single-object", schema } as const;
  const other = encodeSingleObject(recordOf({ name: "Other" }), schemaOf(recordOf({ name: "Other" })));
  const flipped = Uint8Array.from(bytes);
  flipped[9] = (flipped[9] ?? 0) ^ 1;
  const refusals: [id: string, title: string, requirement: string, bytes: Uint8Array, code: string][] = [
    ["fingerprint", "the fingerprint of another schema", "COD-044", other, "UNKNOWN_SCHEMA"],
    ["fingerprint-bit", "a fingerprint with one other bit", "COD-044", flipped, "UNKNOWN_SCHEMA"],
    [
      "marker",
      "another marker",
      "COD-045",
      Buffer.concat([Buffer.from([0xc3, 0x02]), bytes.subarray(2)]),
      "MALFORMED",
    ],
    ["container", "a container file", "COD-045", encodeAvro(PLAIN, schema), "MALFORMED"],
    ["short", "a cut fingerprint", "COD-045", bytes.subarray(0, 9), "MALFORMED"],
    ["empty", "no bytes", "COD-045", new Uint8Array(), "MALFORMED"],
    ["no-datum", "no datum", "COD-002", bytes.subarray(0, 10), "MALFORMED"],
    ["trailing", "bytes after the datum", "COD-003", Buffer.concat([bytes, Buffer.from([0])]), "MALFORMED"],
  ];
  return [
    {
      ...accept("recognised", "recognises a single object by its first bytes", ["COD-008"], bytes, PLAIN),
      encoding: "any",
      schema,
    },
    ...refusals.map(
      ([id, title, requirement, bad, code]): DecodeLine => ({
        ...refuse(id, `refuses ${title}`, [requirement], bad, code),
        ...single,
      }),
    ),
  ];
}
