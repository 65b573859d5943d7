import type { RecordType } from "../gen/constants.js";
import { RECORD_FIELDS, type RecordField } from "../gen/record-fields.js";
import { EventyError } from "./errors.js";
import { checkType, fieldsOf } from "./fields.js";
import { formatInstant, parseInstant } from "./instant.js";
import { type LooseFields, readRecord } from "./read.js";
import type { EventyRecord } from "./record.js";
import { checkProtocolVersion, writtenVersion } from "./version.js";

/** The encodings that name the fields of a record. */
export type Wire = "json" | "avro";

/**
 * A record from an object with the names of an encoding, its date in both forms.
 *
 * Where the two forms of the date differ, the ISO 8601 one counts. Fields that
 * this version of the protocol does not know are kept in `unknownFields`.
 *
 * @throws EventyError INVALID_RECORD, UNSUPPORTED_VERSION or LIMIT_EXCEEDED, with the path.
 */
export function readWire(wire: LooseFields, names: Wire): EventyRecord {
  checkProtocolVersion(wire["protocol_version"]);
  const type = checkType(wire["type"]);
  const loose: LooseFields = {};
  let known = 0;
  for (const field of fieldsOf(type)) {
    loose[field.name] = field.kind === "instant" ? readInstant(field, wire, names) : wire[field[names]];
    known += field.iso8601 === null ? 1 : 2;
  }
  const unknown = Object.keys(wire).length === known ? undefined : unknownFields(wire, type, names);
  return readRecord(loose, unknown);
}

/** The fields of a record by the names of an encoding and in its order, the date in both forms. */
export function writeWire(record: EventyRecord, names: Wire): LooseFields {
  const wire: LooseFields = {};
  const fields = record as unknown as LooseFields;
  for (const field of fieldsOf(record.type)) {
    wire[field[names]] = fields[field.name];
    if (field.iso8601 !== null) wire[field.iso8601] = formatInstant(record.date);
  }
  wire["protocol_version"] = writtenVersion(record.protocolVersion);
  return wire;
}

function readInstant(field: RecordField, wire: LooseFields, names: Wire): number | undefined {
  const timestamp = wire[field[names]];
  if (timestamp === undefined) return undefined;
  if (!Number.isInteger(timestamp) && typeof timestamp !== "bigint") {
    throw new EventyError("INVALID_RECORD", "is not an integer", { path: field[names] });
  }
  const path = field.iso8601 ?? field[names];
  const text = wire[path];
  if (typeof text !== "string") {
    throw new EventyError("INVALID_RECORD", text === undefined ? "is missing" : "is not a text", { path });
  }
  return parseInstant(text, path);
}

function unknownFields(wire: LooseFields, type: RecordType, names: Wire): LooseFields {
  const own = new Set(fieldsOf(type).flatMap((field) => [field[names], field.iso8601]));
  const foreign = RECORD_FIELDS.find((field) => !own.has(field[names]) && Object.hasOwn(wire, field[names]));
  if (foreign !== undefined) {
    throw new EventyError("INVALID_RECORD", `only a ${foreign.only} has this field`, {
      path: foreign[names],
    });
  }
  return Object.fromEntries(Object.entries(wire).filter(([name]) => !own.has(name)));
}
