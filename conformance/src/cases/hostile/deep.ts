import { writeContainer } from "../../oracle/avro/container.js";
import { encodeItem } from "../../oracle/avro/encode.js";
import { avroSchemaOf } from "../../oracle/avro/schema.js";
import { encodeJson, encodeProtobuf } from "../../oracle/index.js";
import { mapOf } from "../../oracle/values.js";
import { askDecode } from "../ask.js";
import type { Case } from "../case.js";
import { PLACES, type Written } from "../codecs.js";
import { mustRefuse } from "../judge.js";
import { withBoundedMemory } from "../memory.js";
import { mustReadPlain, plainRecord } from "../plain-record.js";

/** Far beyond what a stack holds. */
const LEVELS = 100_000;

/** Cases of bytes that are nested 100,000 levels deep. */
export const deepCases: readonly Case[] = [
  deepCase("json", () => [
    deepJson("[", "]"),
    deepJson('{"a":', "}"),
    deepJson("[", ""),
    deepJson('[{"a":', ""),
  ]),
  deepCase("avro", () => [deepAvro(), deepSchema()]),
  deepCase("protobuf", () => [deepProtobuf(7, 1), deepProtobuf(8, 1)]),
];

function deepCase(encoding: Written, make: () => readonly Uint8Array[]): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.hostile.deep`,
    title: "refuses 100,000 levels and goes on",
    requirements: ["REC-058", "COD-005", "COD-006"],
    profile,
    capabilities,
    run: ({ testee }) =>
      withBoundedMemory(testee, async () => {
        for (const bytes of make()) {
          mustRefuse(await askDecode(testee, { encoding, bytes }), `${LEVELS} levels`, "LIMIT_EXCEEDED");
        }
        await mustReadPlain(testee, encoding);
      }),
  };
}

function deepJson(open: string, close: string): Uint8Array {
  const text = Buffer.from(encodeJson(plainRecord())).toString();
  const value = `${open.repeat(LEVELS)}1${close.repeat(LEVELS)}`;
  return Buffer.from(text.replace(/"data":.*$/, `"data":{"v":${value}}}`));
}

/** A chain of records of a type that holds itself. */
function deepAvro(): Uint8Array {
  const node = { type: "record", name: "Node", fields: [{ name: "in", type: ["null", "Node"] }] };
  const chain = Buffer.concat([Buffer.alloc(LEVELS, 2), Buffer.from([0])]);
  return avroFile(node, chain);
}

/** A schema of arrays in arrays. */
function deepSchema(): Uint8Array {
  const { name, fields } = JSON.parse(JSON.stringify(schemaOfEvents("@"))) as {
    name: string;
    fields: unknown;
  };
  const text = JSON.stringify({ type: "record", name, fields });
  const type = `${'{"type":"array","items":'.repeat(LEVELS)}"int"${"}".repeat(LEVELS)}`;
  return writeContainer(text.replace('"@"', type), [{ count: 1, items: Buffer.from([0]) }]);
}

function schemaOfEvents(type: unknown): ReturnType<typeof avroSchemaOf> {
  const fields = [{ name: "v", type: type as string }];
  return avroSchemaOf({
    protocol_version: "3.5.0",
    namespace: "urn:a",
    name: "A",
    type: "EVENT",
    data_fields: fields,
  });
}

function avroFile(type: unknown, datum: Uint8Array): Uint8Array {
  const bare = plainRecord();
  bare.payload = { case: "data", value: mapOf([]) };
  const plain = avroSchemaOf({ protocol_version: "3.5.0", namespace: "urn:a", name: "A", type: "EVENT" });
  const items = Buffer.concat([encodeItem(bare, plain), datum]);
  return writeContainer(JSON.stringify(schemaOfEvents(type)), [{ count: 1, items }]);
}

/**
 * Values in values, written from the inside out: each level is the field of a value (a list or a map) around
 * the field of that around the value before.
 */
function deepProtobuf(field: number, item: number): Uint8Array {
  const heads: Uint8Array[] = [];
  let length = 0;
  const wrap = (number: number): void => {
    const head = Buffer.concat([Buffer.from([(number << 3) | 2]), varint(length)]);
    heads.push(head);
    length += head.length;
  };
  for (let level = 0; level < LEVELS; level++) {
    // A map holds entries, which hold values.
    if (field === 8) wrap(2);
    wrap(item);
    wrap(field);
  }
  wrap(2);
  wrap(1);
  const data = Buffer.concat([Buffer.from([0x8a, 0x01]), varint(length), ...heads.reverse()]);
  const bare = plainRecord();
  bare.payload = { case: undefined };
  return Buffer.concat([encodeProtobuf(bare), data]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}
