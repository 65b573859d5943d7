import type { Mutant } from "../../src/mutation/mutant.js";
import { doubleValue, integerValue, nullValue, type Value } from "../../src/oracle/values.js";
import { editRaw } from "../kit/avro.js";
import { breaking } from "../kit/breaking.js";
import { editText } from "../kit/json.js";
import { editMessage, parseMessage } from "../kit/protobuf.js";
import { forgives, misreads, refuses } from "../kit/reading.js";
import { contextValues, dataValues, valuesOf } from "../kit/values.js";
import { forgivesWriting, refusesToWrite, writesOther } from "../kit/writing.js";

type Kind = Value["kind"];

/** Puts other values in place of those of a record. */
function each(values: Iterable<Value>, change: (kind: Kind) => Value | undefined): void {
  for (const value of values) {
    const other = change(value.kind);
    if (other !== undefined) value.kind = other.kind;
  }
}

function rounded(kind: Kind): Value | undefined {
  if (kind.case !== "integer") return undefined;
  return integerValue(BigInt.asIntN(64, BigInt(Number(kind.value))));
}

function inFloats(kind: Kind): Value | undefined {
  return kind.case === "double" && Math.abs(kind.value) < 3e38
    ? doubleValue(Math.fround(kind.value))
    : undefined;
}

function finite(kind: Kind): Value | undefined {
  return kind.case === "double" && !Number.isFinite(kind.value) ? doubleValue(0) : undefined;
}

function isWide(number: number): boolean {
  return Number.isInteger(number) && Math.abs(number) >= 2 ** 53 && Math.abs(number) < 2 ** 63;
}

/** Mutants of section 2.8, numbers. */
export const numberMutants: readonly Mutant[] = [
  ...breaking("REC-042", {
    "reads integers of data through doubles": misreads("every", (record) =>
      each(dataValues(record), rounded),
    ),
    "reads integers of a context through doubles": misreads("every", (record) =>
      each(contextValues(record), rounded),
    ),
    "writes integers through doubles": writesOther("every", (record) => each(valuesOf(record), rounded)),
    "reads integers of 63 bits": misreads("every", (record) =>
      each(valuesOf(record), (kind) =>
        kind.case === "integer" ? integerValue(BigInt.asIntN(63, kind.value)) : undefined,
      ),
    ),
    "refuses -2^63": refuses("every", (record) =>
      Array.from(valuesOf(record)).some(({ kind }) => kind.case === "integer" && kind.value === -(2n ** 63n)),
    ),
  }),
  ...breaking("REC-043", {
    "reads doubles as floats": misreads("every", (record) => each(dataValues(record), inFloats)),
    "writes doubles of a context as floats": writesOther("every", (record) =>
      each(contextValues(record), inFloats),
    ),
    "reads subnormal doubles as zero": misreads("every", (record) =>
      each(valuesOf(record), (kind) =>
        kind.case === "double" && Math.abs(kind.value) < 2.3e-308 ? doubleValue(0) : undefined,
      ),
    ),
    "writes doubles with 15 digits": writesOther("every", (record) =>
      each(valuesOf(record), (kind) =>
        kind.case === "double" && Math.abs(kind.value) < 1e308
          ? doubleValue(Number(kind.value.toPrecision(15)))
          : undefined,
      ),
    ),
  }),
  ...breaking("REC-045", {
    "refuses integral doubles": refuses("every", (_, bytes) => /[: ]-?\d+\.0[,} ]/.test(bytes.toString())),
    "refuses an integral double of Protobuf": refuses("protobuf", (_, bytes) =>
      Array.from(valuesOf(parseMessage(bytes))).some(
        ({ kind }) => kind.case === "double" && Number.isSafeInteger(kind.value),
      ),
    ),
    "refuses to write an integer in a field of doubles": refusesToWrite(
      "avro",
      (record, bytes) =>
        bytes.includes('{"name":"v","type":"double"}') &&
        Array.from(dataValues(record)).some(({ kind }) => kind.case === "integer"),
    ),
  }),
  ...breaking("REC-046", {
    "reads wide integral doubles as integers": misreads("every", (record) =>
      each(valuesOf(record), (kind) =>
        kind.case === "double" && isWide(kind.value) ? integerValue(BigInt(kind.value)) : undefined,
      ),
    ),
    "writes wide integral doubles as integers": writesOther("every", (record) =>
      each(valuesOf(record), (kind) =>
        kind.case === "double" && isWide(kind.value) ? integerValue(BigInt(kind.value)) : undefined,
      ),
    ),
    "reads wide integers that a double holds as doubles": misreads("every", (record) =>
      each(valuesOf(record), (kind) =>
        kind.case === "integer" && isWide(Number(kind.value)) && BigInt(Number(kind.value)) === kind.value
          ? doubleValue(Number(kind.value))
          : undefined,
      ),
    ),
  }),
  ...breaking("REC-049", {
    "reads 1e400 as the largest double": forgives(
      "json",
      editText((text) => text.replace(/(-?)\d+e\d{3,}/g, "$11.7976931348623157e308")),
    ),
    "reads 1e400 as null": forgives(
      "json",
      editText((text) => text.replace(/-?\d+e\d{3,}/g, "null")),
    ),
    "reads NaN of Protobuf as zero": forgives(
      "protobuf",
      editMessage((record) => each(valuesOf(record), finite)),
    ),
    "reads NaN of Avro as zero": forgives(
      "avro",
      editRaw((node, raw) =>
        (node.kind === "double" || node.kind === "float") && !Number.isFinite(raw) ? 0 : raw,
      ),
    ),
  }),
  ...breaking("REC-050", {
    "writes NaN as zero": forgivesWriting("every", (record) => each(valuesOf(record), finite)),
    "writes NaN as null": forgivesWriting("every", (record) =>
      each(valuesOf(record), (kind) =>
        kind.case === "double" && !Number.isFinite(kind.value) ? nullValue() : undefined,
      ),
    ),
  }),
];
