import {
  EventyError,
  type EventyRecord,
  type LooseFields,
  readWire,
  type Value,
} from "../../record/index.js";
import { isMap } from "./datum/fits.js";
import { readLegacy } from "./legacy/read-legacy.js";
import { type Schema, splitName } from "./schema/schema.js";

/**
 * The record that a decoded Avro value is.
 *
 * @param legacyUuid gives the uuid of a record of protocol 1 or 2 that has none;
 * left out where there are no records of these protocols.
 * @throws EventyError INVALID_RECORD, UNSUPPORTED_VERSION, LIMIT_EXCEEDED.
 */
export function toRecord(schema: Schema, value: Value, legacyUuid?: () => string): EventyRecord {
  if (schema.type !== "record" || !isMap(value)) {
    throw new EventyError("INVALID_RECORD", `an Avro ${schema.type} is not a record`);
  }
  if (legacyUuid !== undefined && isLegacy(value)) return readLegacy(schema, value, legacyUuid);
  return readWire(withNames(schema.fullName, value), "avro");
}

/** Protocol 1 said no version in its records. */
function isLegacy(fields: LooseFields): boolean {
  if (!Object.hasOwn(fields, "protocol_version")) return true;
  const version = fields["protocol_version"];
  return typeof version === "string" && /^[12]\./.test(version);
}

/** The first versions of protocol 3 named a record by its schema only. */
function withNames(fullName: string, fields: LooseFields): LooseFields {
  if (Object.hasOwn(fields, "record_name") && Object.hasOwn(fields, "record_namespace")) return fields;
  const { namespace, name } = splitName(fullName);
  return {
    record_name: name,
    record_namespace: `urn:${(namespace || "unspecified").replaceAll(".", ":")}`,
    ...fields,
  };
}
