import { EventyError, pathOf, type Value } from "../../record/index.js";
import { isList } from "./shapes.js";

/**
 * Refuses integers that do not fit 64 bits, in a value and all that is in it.
 *
 * @throws EventyError UNENCODABLE, with the path.
 */
export function checkIntegers(value: Value, path: string): void {
  if (typeof value === "bigint" && BigInt.asIntN(64, value) !== value) {
    throw new EventyError("UNENCODABLE", `${value} does not fit 64 bits`, { path });
  }
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  for (const [key, member] of Object.entries(value)) {
    checkIntegers(member, pathOf(path, isList(value) ? Number(key) : key));
  }
}
