import type { DecodeLine } from "../../../src/cases/golden/line.js";
import type { AvroSchema } from "../../../src/oracle/avro/schema.js";
import { double, float, long, sized } from "./bytes.js";
import { NUMBERS, refuse, TREE, tree, typed, withContext } from "./files.js";

/** Data that must be refused. */
export function badData(): DecodeLine[] {
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
