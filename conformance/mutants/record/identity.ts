import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import { stringValue } from "../../src/oracle/values.js";
import { editDatum, fieldsIn } from "../kit/avro.js";
import { breaking } from "../kit/breaking.js";
import { emitsOther, forgivesEmission } from "../kit/emitting.js";
import { editJson, fieldsOf } from "../kit/json.js";
import { editMessage, parseMessage } from "../kit/protobuf.js";
import { forgives, misreads, refuses } from "../kit/reading.js";
import { rewrites, writesOther } from "../kit/writing.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL = "00000000-0000-0000-0000-000000000000";

/** Refuses to read a uuid of JSON that is spelled in a way. */
function refusesSpelling(isRefused: (text: string) => boolean): Mutant["mutate"] {
  return refuses("json", (_, bytes) => isRefused(String(fieldsOf(bytes)["uuid"])));
}

/** Reads a uuid that is none. */
function readsUuid(change: (text: string) => string): Mutant["mutate"] {
  return forgives(
    "json",
    editJson((fields) => {
      for (const name of ["uuid", "request_uuid"])
        if (typeof fields[name] === "string") fields[name] = change(fields[name]);
    }),
  );
}

/** Mutants of section 2.4, uuid. */
export const uuidMutants: readonly Mutant[] = [
  ...breaking("REC-022", {
    "refuses a uuid in upper case": refusesSpelling(
      (text) => /^[0-9A-F-]+$/.test(text) && /[A-F]/.test(text),
    ),
    "refuses a uuid without hyphens": refusesSpelling((text) => !text.includes("-")),
    "refuses a uuid in braces": refusesSpelling((text) => text.includes("{")),
    "refuses a uuid behind urn:uuid:": refusesSpelling((text) => /^urn:/i.test(text)),
    "refuses hyphens at other places of a uuid": refusesSpelling((text) => /^[^-]{0,7}-/.test(text)),
    "reads only the canonical spelling in Protobuf": refuses(
      "protobuf",
      (_, bytes) => !UUID.test(parseMessage(bytes).uuid),
    ),
  }),
  ...breaking("REC-023", {
    "keeps the spelling of a uuid in JSON": misreads("json", (record, bytes) => {
      record.uuid = String(fieldsOf(bytes)["uuid"]);
    }),
    "keeps the spelling of a request_uuid in JSON": misreads("json", (record, bytes) => {
      record.requestUuid = String(fieldsOf(bytes)["request_uuid"] ?? "");
    }),
    "keeps upper case in a uuid": misreads("json", (record, bytes) => {
      if (/[A-F]/.test(String(fieldsOf(bytes)["uuid"]))) record.uuid = record.uuid.toUpperCase();
    }),
    "keeps the spelling of a uuid in Protobuf": misreads("protobuf", (record, bytes) => {
      record.uuid = parseMessage(bytes).uuid;
    }),
    "keeps the spelling of a uuid in Avro": misreads("avro", (record, bytes) => {
      const uuid = fieldsIn(bytes).get("uuid");
      if (uuid?.kind.case === "string" && record.protocolVersion.startsWith("3."))
        record.uuid = uuid.kind.value;
    }),
  }),
  ...breaking("REC-024", {
    "trims a uuid": readsUuid((text) => text.trim()),
    "fills up a uuid that is too short": readsUuid((text) => text.padEnd(36, "0")),
    "cuts a uuid that is too long": readsUuid((text) => text.slice(0, 36)),
    "needs no closing brace": readsUuid((text) => text.replace(/^\{/, "")),
    "takes any text as a uuid": forgives(
      "every",
      editJson((fields) => {
        if (typeof fields["uuid"] === "string") fields["uuid"] = NIL;
      }),
      editMessage((record) => {
        record.uuid = NIL;
      }),
      editDatum((fields) => {
        fields.set("uuid", stringValue(NIL));
      }),
    ),
  }),
  ...breaking("REC-025", {
    "refuses the nil UUID": refuses("every", ({ uuid }) => uuid === NIL),
    "refuses UUIDs of no known variant": refuses(
      "every",
      ({ uuid }) => !/^[89ab]/.test(uuid.slice(19)) && uuid !== NIL,
    ),
    "refuses UUIDs of no known version": refuses(
      "every",
      ({ uuid }) => /^[09a-f]/.test(uuid.slice(14)) && uuid !== NIL,
    ),
  }),
  ...breaking("REC-026", {
    "writes UUIDs in upper case in JSON": rewrites(
      "json",
      editJson((fields) => {
        fields["uuid"] = String(fields["uuid"]).toUpperCase();
      }),
    ),
    "writes UUIDs without hyphens in JSON": rewrites(
      "json",
      editJson((fields) => {
        fields["uuid"] = String(fields["uuid"]).replaceAll("-", "");
      }),
    ),
    "writes UUIDs in upper case in Protobuf": rewrites(
      "protobuf",
      editMessage((record) => {
        record.uuid = record.uuid.toUpperCase();
      }),
    ),
    "writes UUIDs in upper case in Avro": rewrites(
      "avro",
      editDatum((fields, _) => {
        const { kind } = fields.get("uuid") ?? {};
        if (kind?.case === "string") fields.set("uuid", stringValue(kind.value.toUpperCase()));
      }),
    ),
  }),
  ...breaking("REC-028", {
    "emits all records with one uuid": emitsOther((record) => {
      record.uuid = "7b7b7b7b-7b7b-4b7b-8b7b-7b7b7b7b7b7b";
    }),
    "emits the outputs of an input with the same uuid": emitsOther((record, { input }) => {
      record.uuid = input?.uuid ?? record.uuid;
    }),
  }),
];

/** Mutants of section 2.4, correlation_id, and of section 2.5. */
export const keyMutants: readonly Mutant[] = [
  ...breaking("REC-029", {
    "refuses an empty correlation id": refuses("every", ({ correlationId }) => correlationId === ""),
    "reads a correlation id without the white space at its ends": misreads("every", (record) => {
      record.correlationId = record.correlationId.trim();
    }),
  }),
  ...breaking("REC-030", {
    "emits an empty correlation id that a draft sets": forgivesEmission(
      ({ drafts }) => {
        for (const draft of drafts) if (draft.correlationId === "") delete draft.correlationId;
      },
      (records) => {
        for (const record of records) record.correlationId = "";
      },
    ),
    "emits the empty correlation id of an input": emitsOther((record, { input }) => {
      if (input?.correlationId === "") record.correlationId = "";
    }),
  }),
  ...breaking("REC-031", {
    "emits a bare UUID as correlation id": emitsOther((record, { input, draft }) => {
      if (!input && draft.correlationId === undefined) record.correlationId = record.uuid;
    }),
    "emits a correlation id without enough random bits": emitsOther((record, { input, draft }) => {
      if (!input && draft.correlationId === undefined)
        record.correlationId = record.correlationId.replace(/[^:]+$/, "AAAAAAAA");
    }),
  }),
  ...breaking("REC-032", {
    "reads an empty partition key as null": misreads("every", (record) => {
      if (record.partitionKey === "") delete record.partitionKey;
    }),
    "reads no partition key as an empty one": misreads("every", (record) => {
      record.partitionKey ??= "";
    }),
    "writes an empty partition key as null": writesOther("every", (record) => {
      if (record.partitionKey === "") delete record.partitionKey;
    }),
    "writes no partition key as an empty one": writesOther("every", (record) => {
      record.partitionKey ??= "";
    }),
    "refuses an empty partition key": refuses(
      "every",
      ({ partitionKey }) => partitionKey === "",
      ErrorCode.INVALID_RECORD,
    ),
  }),
];
