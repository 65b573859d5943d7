import { checkField, checkType, fieldsOf } from "./fields.js";
import { assemble, type EventyRecord, type SealedFields } from "./record.js";
import { Sealer } from "./seal.js";
import { checkProtocolVersion } from "./version.js";

/** Fields of a record as they come: by property name, of any type. */
export type LooseFields = { [property: string]: unknown };

const OLDEST_MAJOR = 1;

/**
 * A record from loose fields, by the rules for reading. For authors of codecs.
 *
 * `date` is in milliseconds. The objects in `context`, `data` and the unknown
 * fields pass into the record and are frozen.
 *
 * @throws EventyError INVALID_RECORD, UNSUPPORTED_VERSION or LIMIT_EXCEEDED, with the path.
 */
export function readRecord(loose: LooseFields, unknownFields?: LooseFields): EventyRecord {
  const { protocolVersion } = loose;
  checkProtocolVersion(protocolVersion, OLDEST_MAJOR);
  const sealer = new Sealer("owned");
  const fields: LooseFields = {};
  for (const field of fieldsOf(checkType(loose["type"]))) {
    fields[field.name] =
      field.name === "protocolVersion" ? protocolVersion : checkField(field, loose[field.name], sealer);
  }
  const unknown = unknownFields === undefined ? undefined : sealer.map(unknownFields);
  return assemble(fields as unknown as SealedFields, sealer.traits(), unknown);
}
