import { PROTOCOL_VERSION } from "../gen/constants.js";
import { RECORD_FIELDS } from "../gen/record-fields.js";
import { EventyError } from "./errors.js";

const SEMVER = RECORD_FIELDS.find(({ name }) => name === "version")?.syntax;
const CURRENT_MAJOR = Number.parseInt(PROTOCOL_VERSION, 10);

/**
 * Refuses a protocol version whose major is not between `oldest` and the current one.
 *
 * @throws EventyError INVALID_RECORD if it is no SemVer version, UNSUPPORTED_VERSION.
 */
export function checkProtocolVersion(version: unknown, oldest: number = CURRENT_MAJOR): void {
  if (version === PROTOCOL_VERSION) return;
  const path = "protocol_version";
  if (version === undefined) throw new EventyError("INVALID_RECORD", "is missing", { path });
  if (typeof version !== "string" || !SEMVER?.pattern.test(version)) {
    throw new EventyError("INVALID_RECORD", `${JSON.stringify(version)} is not ${SEMVER?.meaning}`, { path });
  }
  if (majorOf(version) < oldest || majorOf(version) > CURRENT_MAJOR) {
    throw new EventyError(
      "UNSUPPORTED_VERSION",
      `version ${version} is not one that can be read here (${CURRENT_MAJOR}.x); use an SDK of its major version`,
      { path },
    );
  }
}

/** The version that a record is written in: its own, or the current one if its own is of an older major. */
export function writtenVersion(version: string): string {
  return majorOf(version) === CURRENT_MAJOR ? version : PROTOCOL_VERSION;
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
