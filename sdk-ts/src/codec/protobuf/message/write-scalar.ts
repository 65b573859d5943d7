import { ScalarType } from "@bufbuild/protobuf";
import type { BinaryWriter } from "@bufbuild/protobuf/wire";
import { EventyError, type Value } from "../../../record/index.js";

const INT32 = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const UINT32 = [0n, 2n ** 32n - 1n] as const;
const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const UINT64 = [0n, 2n ** 64n - 1n] as const;

/**
 * Writes the value of a scalar, without a tag.
 *
 * @throws EventyError UNENCODABLE, with the path, if the scalar cannot carry the value exactly.
 */
export function writeScalar(writer: BinaryWriter, type: ScalarType, value: Value, path: string): void {
  switch (type) {
    case ScalarType.STRING:
      if (typeof value !== "string") throw unencodable(value, "a text", path);
      writer.string(value);
      break;
    case ScalarType.BYTES:
      if (!(value instanceof Uint8Array)) throw unencodable(value, "bytes", path);
      writer.bytes(value);
      break;
    case ScalarType.BOOL:
      if (typeof value !== "boolean") throw unencodable(value, "true or false", path);
      writer.bool(value);
      break;
    case ScalarType.DOUBLE:
      writer.double(exactDouble(value, path));
      break;
    case ScalarType.FLOAT:
      writer.float(exactFloat(value, path));
      break;
    case ScalarType.INT32:
      writer.int32(Number(integer(value, INT32, path)));
      break;
    case ScalarType.UINT32:
      writer.uint32(Number(integer(value, UINT32, path)));
      break;
    case ScalarType.SINT32:
      writer.sint32(Number(integer(value, INT32, path)));
      break;
    case ScalarType.FIXED32:
      writer.fixed32(Number(integer(value, UINT32, path)));
      break;
    case ScalarType.SFIXED32:
      writer.sfixed32(Number(integer(value, INT32, path)));
      break;
    case ScalarType.INT64:
      writer.int64(integer(value, INT64, path));
      break;
    case ScalarType.UINT64:
      writer.uint64(integer(value, UINT64, path));
      break;
    case ScalarType.SINT64:
      writer.sint64(integer(value, INT64, path));
      break;
    case ScalarType.FIXED64:
      writer.fixed64(integer(value, UINT64, path));
      break;
    case ScalarType.SFIXED64:
      writer.sfixed64(integer(value, INT64, path));
      break;
  }
}

/** The error of a value that a field cannot carry. */
export function unencodable(value: Value | undefined, expected: string, path: string): EventyError {
  const found =
    typeof value === "object" && value !== null ? "a list, a map or bytes" : String(value).slice(0, 100);
  return new EventyError("UNENCODABLE", `the message has ${expected} here, not ${found}`, { path });
}

function integer(value: Value, [least, greatest]: readonly [bigint, bigint], path: string): bigint {
  if (typeof value === "bigint" || Number.isInteger(value)) {
    const exact = BigInt(value as number | bigint);
    if (exact >= least && exact <= greatest) return exact;
  }
  throw unencodable(value, `an integer from ${least} to ${greatest}`, path);
}

function exactDouble(value: Value, path: string): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint" && BigInt(Number(value)) === value) return Number(value);
  throw unencodable(value, "a double", path);
}

function exactFloat(value: Value, path: string): number {
  const double = exactDouble(value, path);
  if (Math.fround(double) === double) return double;
  throw unencodable(value, "a 32-bit float (use Math.fround, or declare the field double)", path);
}
