import { deflateRawSync } from "node:zlib";
import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { block, file, long, SYNC, sized, snappy } from "./bytes.js";
import { DEFLATE, PLAIN_ITEM, plainFile, refuse } from "./files.js";

const INVALID_SCHEMAS: readonly [id: string, schema: string][] = [
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

/** Container files that must be refused. */
export function badContainers(): DecodeLine[] {
  const damaged = Buffer.from(deflateRawSync(PLAIN_ITEM));
  damaged.fill(0xff, 4, 12);
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
      plainFile({ meta: DEFLATE, blocks: [block(damaged)] }),
      "MALFORMED",
    ),
    refuse(
      "cut-deflate",
      "refuses deflate that is cut short",
      ["COD-038"],
      plainFile({ meta: DEFLATE, blocks: [block(deflateRawSync(PLAIN_ITEM).subarray(0, -3))] }),
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
    ...INVALID_SCHEMAS.map(([id, schema]) =>
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
