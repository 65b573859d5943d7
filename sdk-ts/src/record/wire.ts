import type { RecordType } from "../gen/constants.js";
import { RECORD_FIELDS } from "../gen/record-fields.js";
import { EventyError } from "./errors.js";
import { checkFields, checkType, fieldsOf } from "./fields.js";
import { formatInstant, parseInstant } from "./instant.js";
import type { LooseFields } from "./read.js";
import { assemble, type EventyRecord } from "./record.js";
import { Sealer } from "./seal.js";
import { checkProtocolVersion, writtenVersion } from "./version.js";

/** The encodings that name the fields of a record. */
export type Wire = "json" | "avro";

/**
 * A record from an object with the names of an encoding, its date in both forms.
 *
 * Where the two forms of the date differ, the ISO 8601 one counts. Fields that
 * this version of the protocol does not know are kept in `unknownFields`. The
 * objects in the fields pass into the record and are frozen.
 *
 * @throws EventyError INVALID_RECORD, UNSUPPORTED_VERSION or LIMIT_EXCEEDED, with the path.
 */
export function readWire(wire: LooseFields, names: Wire): EventyRecord {
  checkProtocolVersion(wire["protocol_version"]);
  const type = checkType(wire["type"]);
  const sealer = new Sealer("owned");
  let known = 0;
  const fields = checkFields(type, sealer, (field) => {
    known += field.iso8601 === null ? 1 : 2;
    return field.iso8601 === null ? wire[field[names]] : readInstant(wire, field[names], field.iso8601);
  });
  if (Object.keys(wire).length === known) return assemble(fields, sealer.traits());
  const unknown = sealer.unknownFields(unknownFields(wire, type, names));
  return assemble(fields, sealer.traits(), unknown);
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

function readInstant(wire: LooseFields, timestampName: string, textName: string): number {
  const timestamp = wire[timestampName];
  if (!Number.isInteger(timestamp) && typeof timestamp !== "bigint") {
    throw invalid(timestampName, timestamp === undefined ? "is missing" : "is not an integer");
  }
  const text = wire[textName];
  if (typeof text !== "string") throw invalid(textName, text === undefined ? "is missing" : "is not a text");
  return parseInstant(text, textName);
}

function unknownFields(wire: LooseFields, type: RecordType, names: Wire): LooseFields {
  const own = new Set(fieldsOf(type).flatMap((field) => [field[names], field.iso8601]));
  const foreign = RECORD_FIELDS.find((field) => !own.has(field[names]) && Object.hasOwn(wire, field[names]));
  if (foreign !== undefined) throw invalid(foreign[names], `only a ${foreign.only} has this field`);
  return Object.fromEntries(Object.entries(wire).filter(([name]) => !own.has(name)));
}

function invalid(path: string, message: string): EventyError {
  return new EventyError("INVALID_RECORD", message, { path });
}
