import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { entriesOf, mapOf, stringValue, type Value } from "../../src/oracle/values.js";
import { editDatum, fieldsIn, schemaIn } from "../kit/avro.js";
import { breaking } from "../kit/breaking.js";
import { forgives, misreads, refuses } from "../kit/reading.js";
import { attempt } from "../kit/replies.js";
import { dataOf } from "../kit/values.js";

const NAMED = [
  ...["type", "protocol_version", "version", "source", "uuid", "correlation_id", "partition_key", "context"],
  ...[
    "timestamp",
    "timestamp_ms",
    "date_timestamp",
    "date_timestamp_ms",
    "event_timestamp",
    "event_timestamp_ms",
  ],
  ...["date_iso", "date_iso8601", "data"],
];

type Datum = ReadonlyMap<string, Value>;

/** The fields of a datum of protocol 1 or 2; undefined if it is of another protocol. */
function legacyIn(bytes: Buffer): Datum | undefined {
  const fields = attempt(() => fieldsIn(bytes));
  const version = fields?.get("protocol_version")?.kind;
  return version?.case === "string" && version.value.startsWith("3.") ? undefined : fields;
}

/** Misreads records of protocols 1 and 2. */
function misreadsLegacy(
  change: (record: NeutralRecord, datum: Datum, bytes: Buffer) => void,
): Mutant["mutate"] {
  return misreads("avro", (record, bytes) => {
    const datum = legacyIn(bytes);
    if (datum) change(record, datum, bytes);
  });
}

function refusesLegacy(when: (datum: Datum) => boolean): Mutant["mutate"] {
  return refuses("avro", (_, bytes) => {
    const datum = legacyIn(bytes);
    return datum !== undefined && when(datum);
  });
}

/** Reads records of protocols 1 and 2 that it must refuse, without some of their fields. */
function ignores(...names: readonly string[]): Mutant["mutate"] {
  return forgives(
    "avro",
    editDatum((fields, schema) => {
      for (const name of names) fields.delete(name);
      schema.fields = schema.fields.filter(({ name }) => !names.includes(name));
    }),
  );
}

function isNull(datum: Datum, name: string): boolean {
  return datum.get(name)?.kind.case === "null";
}

/** Mutants of section 3.7. */
export const legacyMutants: readonly Mutant[] = [
  ...breaking("COD-057", {
    "refuses records without a protocol version": refuses(
      "avro",
      (_, bytes) => !schemaIn(bytes).fields.some(({ name }) => name === "protocol_version"),
      ErrorCode.INVALID_RECORD,
    ),
    "refuses records of protocol 2": refusesLegacy((datum) => major(datum) === "2"),
    "refuses records of protocol 1": refusesLegacy((datum) => major(datum) === "1"),
  }),
  ...breaking("COD-058", {
    "reads records without a type as requests": misreadsLegacy((record, datum) => {
      if (!datum.has("type")) record.type = RecordType.REQUEST;
    }),
    "reads a missing protocol version as 2.0.0": misreadsLegacy((record, datum) => {
      if (!datum.has("protocol_version")) record.protocolVersion = "2.0.0";
    }),
    "reads a missing version as 0.0.0": misreadsLegacy((record, datum) => {
      if (!datum.has("version")) record.version = "0.0.0";
    }),
    "reads the namespace of the schema as the source": misreadsLegacy((record, datum) => {
      if (!datum.has("source")) record.source = record.namespace;
    }),
    "keeps full stops in a namespace": misreadsLegacy((record, _, bytes) => {
      record.namespace = `urn:${schemaIn(bytes).namespace ?? "unspecified"}`;
    }),
    "keeps full stops in a source": misreadsLegacy((record, datum) => {
      const { kind } = datum.get("source") ?? {};
      if (kind?.case === "string") record.source = `urn:${kind.value.replace(/^urn:/, "")}`;
    }),
    "reads milliseconds as seconds": misreadsLegacy((record, datum) => {
      if (datum.has("timestamp")) record.date *= 1000n;
    }),
    "reads timestamp_ms before timestamp": misreadsLegacy((record, datum) => {
      const { kind } = datum.get("timestamp_ms") ?? {};
      if (kind?.case === "integer") record.date = kind.value;
    }),
    "reads texts of dates before milliseconds": misreadsLegacy((record, datum) => {
      const { kind } = datum.get("date_iso") ?? datum.get("date_iso8601") ?? {};
      if (kind?.case === "string") record.date = BigInt(Date.parse(kind.value));
    }),
    "reads a record without a date as of now": misreadsLegacy((record, datum) => {
      if (![...datum.keys()].some((name) => /timestamp|date_/.test(name))) record.date = BigInt(Date.now());
    }),
    "rounds milliseconds up": misreadsLegacy((record, datum) => {
      const { kind } =
        datum.get("timestamp") ??
        datum.get("timestamp_ms") ??
        datum.get("date_timestamp") ??
        datum.get("event_timestamp") ??
        {};
      if (kind?.case === "double" && !Number.isInteger(kind.value)) record.date += 1n;
    }),
    "reads a missing correlation id as empty": misreadsLegacy((record, datum) => {
      if (!datum.has("correlation_id") || isNull(datum, "correlation_id")) record.correlationId = "";
    }),
    "refuses a uuid that is null": refusesLegacy((datum) => isNull(datum, "uuid")),
    "refuses a context that is null": refusesLegacy((datum) => isNull(datum, "context")),
    "reads a missing partition key as empty": misreadsLegacy((record) => {
      record.partitionKey ??= "";
    }),
    "reads records with an unknown type as events": ignores("type"),
    "makes up a version in place of one that is none": ignores("version"),
    "makes up a uuid in place of one that is none": ignores("uuid"),
    "ignores a date that is none": ignores(
      "timestamp",
      "date_timestamp",
      "timestamp_ms",
      "date_iso",
      "date_iso8601",
      "event_timestamp",
    ),
    "ignores data that are no map": ignores("data"),
  }),
  ...breaking("COD-059", {
    "drops fields beside the data": misreadsLegacy((record, datum) => {
      const { kind } = datum.get("data") ?? {};
      record.payload = { case: "data", value: kind?.case === "map" ? kind.value : mapOf([]) };
    }),
    "keeps a key of the data that a field beside it has": misreadsLegacy((record, datum) => {
      const { kind } = datum.get("data") ?? {};
      if (kind?.case !== "map") return;
      record.payload = {
        case: "data",
        value: mapOf([...entriesOf(dataOf(record)), ...entriesOf(kind.value)]),
      };
    }),
    "reads other names of dates as data": misreadsLegacy((record, datum) => {
      const entries = entriesOf(dataOf(record));
      for (const [name, value] of datum) if (/date|timestamp/.test(name)) entries.set(name, value);
      record.payload = { case: "data", value: mapOf(entries) };
    }),
    "does not read record_name as data": misreadsLegacy((record) =>
      dropKeys(record, ["record_name", "record_namespace"]),
    ),
    "does not read destination as data": misreadsLegacy((record) =>
      dropKeys(record, ["destination", "request_uuid", "ok", "error_code", "error_message"]),
    ),
    "reads fields of the record as data": misreadsLegacy((record, datum) => {
      const named = [...datum].filter(([name]) => NAMED.includes(name) && name !== "data");
      record.payload = { case: "data", value: mapOf([...entriesOf(dataOf(record)), ...named]) };
    }),
  }),
  ...breaking("COD-060", {
    "reads responses as events": forgives(
      "avro",
      editDatum((fields, schema) => {
        const { kind } = fields.get("type") ?? {};
        if (kind?.case !== "string" || kind.value !== "RESPONSE") return;
        fields.set("type", stringValue("EVENT"));
        schema.fields = schema.fields.map((field) =>
          field.name === "type" ? { name: "type", type: "string" } : field,
        );
      }),
    ),
  }),
  ...breaking("COD-061", {
    "makes up a random uuid": misreadsLegacy((record, datum) => {
      if (hasNoUuid(datum)) record.uuid = crypto.randomUUID();
    }),
    "gives every record without a uuid the nil UUID": misreadsLegacy((record, datum) => {
      if (hasNoUuid(datum)) record.uuid = "00000000-0000-0000-0000-000000000000";
    }),
    "makes the uuid of version 4": misreadsLegacy((record, datum) => {
      if (hasNoUuid(datum)) record.uuid = record.uuid.replace(/^(.{14})5/, "$14");
    }),
  }),
];

function major(datum: Datum): string | undefined {
  const { kind } = datum.get("protocol_version") ?? {};
  return kind?.case === "string" ? kind.value.split(".")[0] : undefined;
}

function hasNoUuid(datum: Datum): boolean {
  return !datum.has("uuid") || isNull(datum, "uuid");
}

function dropKeys(record: NeutralRecord, keys: readonly string[]): void {
  const map = dataOf(record);
  map.entries = map.entries.filter(({ key }) => !keys.includes(key));
}
