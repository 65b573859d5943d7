import {
  EventyError,
  type EventyRecord,
  type LooseFields,
  readWire,
  type Value,
} from "../../record/index.js";
import { isMap } from "./fits.js";
import { readLegacy } from "./legacy.js";
import { type Schema, splitName } from "./schema.js";

/** Protocol 1 said no version in its records. */
const LEGACY = /^[12]\./;

/**
 * The record that a decoded Avro value is, of any protocol version from 1 on.
 *
 * @param fallbackUuid the uuid of a legacy record that has none.
 * @throws EventyError INVALID_RECORD, UNSUPPORTED_VERSION, LIMIT_EXCEEDED.
 */
export function toRecord(schema: Schema, value: Value, fallbackUuid: () => string): EventyRecord {
  if (schema.type !== "record" || !isMap(value)) {
    throw new EventyError("INVALID_RECORD", `an Avro ${schema.type} is not a record`);
  }
  const version = Object.hasOwn(value, "protocol_version") ? value["protocol_version"] : "1.0.0";
  if (typeof version === "string" && LEGACY.test(version)) return readLegacy(schema, value, fallbackUuid);
  return readWire(withNames(schema.fullName, value), "avro");
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
