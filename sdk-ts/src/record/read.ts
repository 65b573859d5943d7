import { type LooseFields, readProperties } from "../gen/record-shapes.js";
import { checkType, FieldChecks } from "./field-checks.js";
import { assemble, type EventyRecord } from "./record.js";
import { checkProtocolVersion } from "./version.js";

export type { LooseFields } from "../gen/record-shapes.js";

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
  const checks = new FieldChecks("owned");
  const fields = readProperties(checkType(loose["type"]), loose, checks);
  return assemble(fields, checks.traits);
}
