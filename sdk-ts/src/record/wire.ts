import type { RecordType } from "../gen/constants.js";
import { RECORD_FIELDS } from "../gen/record-fields.js";
import {
  type LooseFields,
  readAvroShape,
  readJsonShape,
  writeAvroShape,
  writeJsonShape,
} from "../gen/record-shapes.js";
import { EventyError } from "./errors.js";
import { checkType, FieldChecks } from "./field-checks.js";
import { fieldsOf } from "./fields.js";
import { formatInstant } from "./instant.js";
import { assemble, type EventyRecord } from "./record.js";
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
  const checks = new FieldChecks("owned");
  const fields = names === "json" ? readJsonShape(type, wire, checks) : readAvroShape(type, wire, checks);
  if (Object.keys(wire).length === countOf(type)) return assemble(fields, checks.traits);
  const unknown = checks.unknownFields(unknownFields(wire, type, names));
  return assemble(fields, checks.traits, unknown);
}

/** The fields of a record by the names of an encoding and in its order, the date in both forms. */
export function writeWire(record: EventyRecord, names: Wire): LooseFields {
  const write = names === "json" ? writeJsonShape : writeAvroShape;
  const wire = write(record, formatInstant);
  wire["protocol_version"] = writtenVersion(record.protocolVersion);
  return wire;
}

/** How many fields a record of the type has on the wire, where the date stands twice. */
function countOf(type: RecordType): number {
  return fieldsOf(type).length + 1;
}

function unknownFields(wire: LooseFields, type: RecordType, names: Wire): LooseFields {
  const own = new Set(fieldsOf(type).flatMap((field) => [field[names], field.iso8601]));
  const foreign = RECORD_FIELDS.find((field) => !own.has(field[names]) && Object.hasOwn(wire, field[names]));
  if (foreign !== undefined) {
    const path = foreign[names];
    throw new EventyError("INVALID_RECORD", `only a ${foreign.only} has this field`, { path });
  }
  return Object.fromEntries(Object.entries(wire).filter(([name]) => !own.has(name)));
}
