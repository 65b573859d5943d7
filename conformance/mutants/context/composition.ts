import type { Emit } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { breaking } from "../kit/breaking.js";
import { emitsOther, forgivesEmission } from "../kit/emitting.js";

const OTHER_UUID = "7b7b7b7b-7b7b-4b7b-8b7b-7b7b7b7b7b7b";

/** Emits other records of one type than it must. */
function emitsOtherOf(
  type: RecordType,
  change: (record: NeutralRecord, service: string, input: NeutralRecord | undefined) => void,
): Mutant["mutate"] {
  return emitsOther((record, { service, input }) => {
    if (record.type === type) change(record, service, input);
  });
}

function asEvents({ drafts }: Emit): void {
  for (const draft of drafts) {
    draft.type = RecordType.EVENT;
    draft.name ||= "Answer";
  }
}

/** Mutants of section 6.2. */
export const compositionMutants: readonly Mutant[] = [
  ...breaking("CTX-001", {
    "emits events in the namespace of the input": emitsOtherOf(RecordType.EVENT, (record, _, input) => {
      record.namespace = input?.namespace ?? record.namespace;
    }),
    "emits events in the namespace of their source": emitsOtherOf(RecordType.EVENT, (record) => {
      record.namespace = `${record.source}:instance`;
    }),
  }),
  ...breaking("CTX-002", {
    "emits requests in the namespace of who asks": emitsOtherOf(RecordType.REQUEST, (record, service) => {
      record.namespace = service;
    }),
    "emits requests in the first part of the target": emitsOtherOf(RecordType.REQUEST, (record) => {
      record.namespace = record.namespace.split(":").slice(0, 2).join(":");
    }),
  }),
  ...breaking("CTX-003", {
    "emits responses in the namespace of who asked": emitsOtherOf(RecordType.RESPONSE, (record, _, input) => {
      record.namespace = input?.source ?? "";
    }),
    "answers the service of an instance": emitsOtherOf(RecordType.RESPONSE, (record) => {
      record.destination = record.destination.replace(/:instance-1$/, "");
    }),
    "answers the service of the request's namespace": emitsOtherOf(
      RecordType.RESPONSE,
      (record, _, input) => {
        record.destination = input?.namespace ?? "";
      },
    ),
    "answers another request": emitsOtherOf(RecordType.RESPONSE, (record) => {
      record.requestUuid = OTHER_UUID;
    }),
  }),
  ...breaking("CTX-004", {
    "answers what is no request": forgivesEmission(asEvents, (records, { input }) => {
      for (const record of records) {
        record.type = RecordType.RESPONSE;
        record.destination = input?.source ?? "urn:nobody";
        record.requestUuid = input?.uuid ?? OTHER_UUID;
      }
    }),
    "answers events": forgivesEmission((emit) => {
      if (emit.input?.type === RecordType.EVENT) asEvents(emit);
    }),
    "answers responses": forgivesEmission((emit) => {
      if (emit.input?.type === RecordType.RESPONSE) asEvents(emit);
    }),
  }),
  ...breaking("CTX-005", {
    "emits with the source of the input": emitsOther((record, { input }) => {
      record.source = input?.source ?? record.source;
    }),
    "emits requests with their target as source": emitsOtherOf(RecordType.REQUEST, (record) => {
      record.source = record.namespace;
    }),
    "puts the instance behind a hyphen": emitsOther((record, { service }) => {
      record.source = `${service}-1`;
    }),
  }),
];
