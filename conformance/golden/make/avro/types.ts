import type { DecodeLine } from "../../../src/cases/golden/line.js";
import type { Plain } from "../../../src/oracle/values.js";
import { double, float, long, sized } from "./bytes.js";
import { accept, NUMBERS, TREE, tree, typed, v, withContext } from "./files.js";

/** Data of each type of Avro. */
export function types(): DecodeLine[] {
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
  ];
}

function nestedTree(levels: number): Plain {
  let value: Plain = { in: null };
  for (let level = 1; level < levels; level++) value = { in: value };
  return value;
}
