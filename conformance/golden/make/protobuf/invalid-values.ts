import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { encodeProtobuf } from "../../../src/oracle/index.js";
import { doubleValue, type Plain } from "../../../src/oracle/values.js";
import { recordOf } from "../base.js";
import { nested } from "../hard-records.js";
import { entry, field, refuse, withData } from "./messages.js";

/** Values that no record holds. */
export function invalidValues(): DecodeLine[] {
  const doubles = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const deep = (levels: number): Plain => nested(levels, (inner) => [inner]);
  const context = (part: Plain) => encodeProtobuf(recordOf({ context: { "urn:a": { v: part } } }));
  return [
    ...doubles.map((double) =>
      refuse(
        `double-${double}`,
        `refuses ${double}`,
        ["REC-049"],
        encodeProtobuf(recordOf({ data: { v: doubleValue(double) } })),
        "INVALID_RECORD",
      ),
    ),
    refuse("context-nan", "refuses NaN in a context", ["REC-049"], context(Number.NaN), "INVALID_RECORD"),
    refuse(
      "context-bytes",
      "refuses bytes in a context",
      ["REC-055"],
      context(new Uint8Array([1])),
      "INVALID_RECORD",
    ),
    refuse(
      "context-bytes-deep",
      "refuses bytes deep in a context",
      ["REC-055"],
      context([{ a: new Uint8Array() }]),
      "INVALID_RECORD",
    ),
    refuse(
      "value-without-kind",
      "refuses a value without a kind",
      ["COD-068"],
      withData(entry("a", new Uint8Array())),
      "INVALID_RECORD",
    ),
    refuse(
      "value-unknown-kind",
      "refuses a value of an unknown kind",
      ["COD-068"],
      withData(entry("a", field(15, "x"))),
      "INVALID_RECORD",
    ),
    refuse(
      "entry-without-value",
      "refuses an entry without a value",
      ["COD-068"],
      withData(entry("a", undefined)),
      "INVALID_RECORD",
    ),
    refuse(
      "list-item-without-kind",
      "refuses an item of a list without a kind",
      ["COD-068"],
      withData(entry("a", field(7, field(1, new Uint8Array())))),
      "INVALID_RECORD",
    ),
    refuse(
      "nesting-lists",
      "refuses lists of 129 levels",
      ["REC-058"],
      encodeProtobuf(recordOf({ data: { v: deep(128) } })),
      "LIMIT_EXCEEDED",
    ),
    refuse(
      "nesting-maps",
      "refuses maps of 129 levels",
      ["REC-058"],
      encodeProtobuf(recordOf({ data: { v: nested(128, (a) => ({ a })) } })),
      "LIMIT_EXCEEDED",
    ),
    refuse(
      "nesting-context",
      "refuses a context of 129 levels",
      ["REC-058"],
      context(deep(128)),
      "LIMIT_EXCEEDED",
    ),
  ];
}
