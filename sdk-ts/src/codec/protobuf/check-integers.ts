import { EventyError, type EventyRecord, pathOf, traits, type Value } from "../../record/index.js";
import { isList } from "./shapes.js";

/**
 * Refuses integers that do not fit 64 bits.
 *
 * @throws EventyError UNENCODABLE, with the path.
 */
export function checkIntegers(record: EventyRecord): void {
  if (!traits(record).hasWideNumbers) return;
  checkValue(record.context, "context");
  checkValue(record.data, "data");
}

function checkValue(value: Value, path: string): void {
  if (typeof value === "bigint" && BigInt.asIntN(64, value) !== value) {
    throw new EventyError("UNENCODABLE", `${value} does not fit 64 bits`, { path });
  }
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  for (const [key, member] of Object.entries(value)) {
    checkValue(member, pathOf(path, isList(value) ? Number(key) : key));
  }
}
