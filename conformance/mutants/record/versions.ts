import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { breaking } from "../kit/breaking.js";
import { emitsOther, forgivesEmission } from "../kit/emitting.js";
import { editMessage } from "../kit/protobuf.js";
import { forgives, misreports, refuses } from "../kit/reading.js";
import { failed } from "../kit/replies.js";
import { editAvroTexts, editTexts } from "../kit/texts.js";
import { onEncode, writesOther } from "../kit/writing.js";

/** Mutants of section 2.3. */
export const versionMutants: readonly Mutant[] = [
  ...breaking("REC-013", {
    "emits records without a name": forgivesEmission(
      ({ drafts }) => {
        for (const draft of drafts) draft.name ||= "Nameless";
      },
      (records, { drafts }) => {
        for (const [i, record] of records.entries()) record.name = drafts[i]?.name ?? "";
      },
    ),
  }),
  ...breaking("REC-014", {
    "refuses an empty name in JSON": refuses("json", ({ name }) => name === ""),
    "refuses an empty name in Protobuf": refuses("protobuf", ({ name }) => name === ""),
    "reads only names that Avro allows": refuses("json", ({ name }) => !/^\w*$/.test(name)),
  }),
  ...breaking("REC-015", {
    "adds a patch to a version that has none": forgives(
      "json",
      editTexts(["version"], (text) => text.replace(/^(\d+\.\d+)$/, "$1.0")),
    ),
    "reads versions that begin with v": forgives(
      "json",
      editTexts(["version", "protocol_version"], (text) => text.replace(/^v/, "")),
    ),
    "reads versions with leading zeros": forgives(
      "json",
      editTexts(["version"], (text) => text.replace(/^0+(?=\d)/, "")),
    ),
    "takes any version": forgives(
      "every",
      editTexts(["version"], () => "1.0.0"),
      editMessage((record) => {
        record.version = "1.0.0";
      }),
      editAvroTexts(["version"], () => "1.0.0"),
    ),
    "takes 3 for a protocol version": forgives(
      "json",
      editTexts(["protocol_version"], (text) => text.replace(/^3$/, "3.0.0")),
    ),
  }),
  ...breaking("REC-016", {
    "refuses a minor version of the protocol above its own": refuses(
      "every",
      ({ protocolVersion }) => Number(protocolVersion.split(".")[1]) > 5,
      ErrorCode.UNSUPPORTED_VERSION,
    ),
    "refuses pre-releases of the protocol": refuses(
      "every",
      ({ protocolVersion }) => protocolVersion.includes("-"),
      ErrorCode.UNSUPPORTED_VERSION,
    ),
    "refuses version 3.0.0 of the protocol": refuses(
      "every",
      ({ protocolVersion }) => protocolVersion === "3.0.0",
      ErrorCode.UNSUPPORTED_VERSION,
    ),
  }),
  ...breaking("REC-017", {
    "reads JSON of every major version as its own": forgives(
      "json",
      editTexts(["protocol_version"], (text) => text.replace(/^\d+/, "3")),
    ),
    "compares the major version as text": forgives(
      "json",
      editTexts(["protocol_version"], (text) => (text.startsWith("3") ? "3.0.0" : text)),
    ),
    "reads JSON of protocols 1 and 2": forgives(
      "json",
      editTexts(["protocol_version"], (text) => text.replace(/^[12]\./, "3.")),
    ),
    "reads Avro of every major version as its own": forgives(
      "avro",
      editAvroTexts(["protocol_version"], (text) => text.replace(/^\d+/, "3")),
    ),
    "reads Protobuf of every major version as its own": forgives(
      "protobuf",
      editMessage((record) => {
        record.protocolVersion = record.protocolVersion.replace(/^\d+/, "3");
      }),
    ),
  }),
  ...breaking("REC-018", {
    "looks at the fields before the major version": misreports("every", (error, bytes) => {
      if (error.code === ErrorCode.UNSUPPORTED_VERSION && !bytes.includes("correlation_id"))
        error.code = ErrorCode.INVALID_RECORD;
    }),
    "says INVALID_RECORD of another major version": misreports("every", (error) => {
      if (error.code === ErrorCode.UNSUPPORTED_VERSION) error.code = ErrorCode.INVALID_RECORD;
    }),
  }),
  ...breaking("REC-019", {
    "writes its own version of the protocol": writesOther("every", (record) => {
      if (major(record.protocolVersion) === "3") record.protocolVersion = "3.5.0";
    }),
    "writes no pre-release or build part of the protocol version": writesOther("every", (record) => {
      record.protocolVersion = record.protocolVersion.replace(/[-+].*$/, "");
    }),
  }),
  ...breaking("REC-020", {
    "refuses to write records of protocols 1 and 2": onEncode("every", ({ record }, ask) =>
      isLegacy(record) ? failed(ErrorCode.UNSUPPORTED_VERSION) : ask(),
    ),
    "writes records of protocols 1 and 2 as 3.0.0": writesOther("every", (record) => {
      if (isLegacy(record)) record.protocolVersion = "3.0.0";
    }),
  }),
  ...breaking("REC-021", {
    "emits as protocol 3.0.0": emitsOther((record) => {
      record.protocolVersion = "3.0.0";
    }),
    "emits as the protocol of the input": emitsOther((record, { input }) => {
      record.protocolVersion = input?.protocolVersion ?? record.protocolVersion;
    }),
  }),
];

function isLegacy({ protocolVersion }: NeutralRecord): boolean {
  return ["1", "2"].includes(major(protocolVersion));
}

function major(version: string): string {
  return version.split(".")[0] ?? "";
}
