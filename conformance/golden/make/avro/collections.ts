import type { DecodeLine } from "../../../src/cases/golden/line.js";
import type { Plain } from "../../../src/oracle/values.js";
import { recordOf } from "../base.js";
import { long, sized } from "./bytes.js";
import { accept, changed, PLAIN, typed, v, withContext } from "./files.js";

/** Arrays, maps and records in data. */
export function collections(): DecodeLine[] {
  return [
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
