import type { Emit } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import { breaking } from "../kit/breaking.js";
import { forgivesEmission } from "../kit/emitting.js";
import { editMessage } from "../kit/protobuf.js";
import { forgives, misreads, refuses } from "../kit/reading.js";
import { editAvroTexts, editTexts } from "../kit/texts.js";

const URN = /^urn:[a-z0-9][a-z0-9_-]*(:[a-z0-9][a-z0-9_-]*)*$/i;
const URN_FIELDS = ["namespace", "source", "destination"] as const;

/** Mutants of section 2.2. */
export const urnMutants: readonly Mutant[] = [
  ...breaking("REC-009", {
    "sends requests to whatever it is told": forgivesEmission(
      ({ drafts }) => {
        for (const draft of drafts) draft.target = "urn:target";
      },
      (records, { drafts }) => {
        for (const [i, record] of records.entries()) record.namespace = drafts[i]?.target ?? "";
      },
    ),
    "emits as a service of any name": forgivesEmission(
      (emit) => {
        emit.service = "urn:service";
      },
      (records, { service }) => {
        for (const record of records) record.source = record.namespace = service;
      },
    ),
    "responds to a source of any name": forgivesEmission(
      ({ input }) => {
        if (input) input.source = "urn:asker";
      },
      (records, { input }) => {
        for (const record of records) record.destination = input?.source ?? "";
      },
    ),
    "emits to URNs with full stops": forgivesEmission(withoutDots),
  }),
  ...breaking("REC-010", {
    "takes urn: in letters of either case": forgives(
      "json",
      editTexts(URN_FIELDS, (text) => text.trim().replace(/^urn:/i, "urn:")),
    ),
    "puts urn: before names of services in JSON": forgives("json", editTexts(URN_FIELDS, withPrefix)),
    "puts urn: before names of services in Avro": forgives(
      "avro",
      editAvroTexts(["record_namespace", "source", "destination"], withPrefix),
    ),
    "puts urn: before names of services in Protobuf": forgives(
      "protobuf",
      editMessage((record) => {
        for (const name of URN_FIELDS) record[name] = withPrefix(record[name]);
      }),
    ),
  }),
  ...breaking("REC-011", {
    "reads a destination with full stops in JSON": forgives(
      "json",
      editTexts(["destination"], (text) => text.replaceAll(".", "")),
    ),
    "reads a destination with full stops in Avro": forgives(
      "avro",
      editAvroTexts(["destination"], (text) => text.replaceAll(".", "")),
    ),
    "reads a destination with full stops in Protobuf": forgives(
      "protobuf",
      editMessage((record) => {
        record.destination = record.destination.replaceAll(".", "");
      }),
    ),
  }),
  ...breaking("REC-012", {
    "reads only URNs that may be emitted": refuses("every", ({ namespace, source }) =>
      [namespace, source].some((text) => !URN.test(text)),
    ),
    "refuses a bare urn: as destination": refuses("every", ({ destination }) => destination === "urn:"),
    "reads a source in lower case": misreads("every", (record) => {
      record.source = record.source.toLowerCase();
    }),
    "replaces full stops in a namespace": misreads("every", (record) => {
      record.namespace = record.namespace.replaceAll(".", ":");
    }),
  }),
];

function withoutDots({ drafts, input }: Emit): void {
  for (const draft of drafts) draft.target = draft.target.replaceAll(".", "");
  if (input) input.source = input.source.replaceAll(".", "");
}

function withPrefix(text: string): string {
  return text.startsWith("urn:") ? text : `urn:${text}`;
}
