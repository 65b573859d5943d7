import { checkFields, checkType } from "./fields.js";
import { assemble, type EventyRecord } from "./record.js";
import { Sealer } from "./seal.js";
import { checkProtocolVersion } from "./version.js";

/** Fields of a record as they come: by name, of any type. */
export type LooseFields = { [name: string]: unknown };

const OLDEST_MAJOR = 1;

/**
 * A record from loose fields by the names of its properties, by the rules for
 * reading. For authors of codecs.
 *
 * `date` is in milliseconds. The objects in `context` and `data` pass into the
 * record and are frozen. Older major versions are accepted.
 *
 * @throws EventyError INVALID_RECORD, UNSUPPORTED_VERSION or LIMIT_EXCEEDED, with the path.
 */
export function readRecord(loose: LooseFields): EventyRecord {
  checkProtocolVersion(loose["protocolVersion"], OLDEST_MAJOR);
  const sealer = new Sealer("owned");
  const fields = checkFields(checkType(loose["type"]), sealer, (field) => loose[field.name]);
  return assemble(fields, sealer.traits());
}
