import { EventyError, pathOf } from "../../record/index.js";

const INT64_BITS = 64;

/**
 * JSON of values that `JSON.stringify` cannot write or would write as another
 * kind: a bigint, and a double beyond 2^53, which needs an exponent to be one.
 *
 * @throws EventyError UNENCODABLE for bytes and for integers that do not fit 64 bits.
 */
export function stringifyExact(value: unknown, path = ""): string {
  if (typeof value === "bigint") {
    if (BigInt.asIntN(INT64_BITS, value) !== value) {
      throw new EventyError("UNENCODABLE", "the integer does not fit 64 bits", { path });
    }
    return String(value);
  }
  if (typeof value === "number" && !Number.isSafeInteger(value) && Number.isInteger(value)) {
    return value.toExponential();
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof Uint8Array) {
    throw new EventyError(
      "UNENCODABLE",
      "JSON cannot carry bytes; encode them as text, or use Avro or Protobuf",
      {
        path,
      },
    );
  }
  if (Array.isArray(value)) {
    return `[${value.map((member, index) => stringifyExact(member, pathOf(path, index))).join()}]`;
  }
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${stringifyExact(member, pathOf(path, key))}`,
  );
  return `{${members.join()}}`;
}
