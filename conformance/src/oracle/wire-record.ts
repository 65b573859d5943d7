import { create } from "@bufbuild/protobuf";
import { RecordType } from "../gen/proto/eventy/v3/options_pb.js";
import { type Record as NeutralRecord, RecordSchema } from "../gen/proto/eventy/v3/record_pb.js";
import { parseInstant } from "./instant.js";
import { Refusal } from "./refusal.js";
import { contextEntry, entriesOf, mapOf, type Value } from "./values.js";

export type { NeutralRecord };

/** The top-level fields of a record in JSON or Avro, by their JSON names. */
export type WireFields = ReadonlyMap<string, Value>;

const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(\+[\dA-Za-z-]+(\.[\dA-Za-z-]+)*)?$/;
const RESPONSE_FIELDS = ["destination", "request_uuid", "ok", "error_code", "error_message"];
const NESTING = 128;
const TYPES: ReadonlyMap<string, RecordType> = new Map([
  ["EVENT", RecordType.EVENT],
  ["REQUEST", RecordType.REQUEST],
  ["RESPONSE", RecordType.RESPONSE],
]);

/** Reads the fields of a record of protocol 3 as every reader must; unknown fields are ignored. */
export function fromWire(fields: WireFields): NeutralRecord {
  const type = TYPES.get(text(fields, "type"));
  if (type === undefined) throw new Refusal(`no record type: ${text(fields, "type")}`);
  integer(fields, "date_timestamp");
  const record = create(RecordSchema, {
    type,
    namespace: urn(fields, "namespace"),
    name: text(fields, "name"),
    protocolVersion: protocolVersion(fields),
    version: semver(fields, "version"),
    source: urn(fields, "source"),
    uuid: uuid(fields, "uuid"),
    correlationId: text(fields, "correlation_id"),
    date: BigInt(parseInstant(text(fields, "date_iso8601"))),
    context: context(fields),
    payload: { case: "data", value: mapOf(mapEntries(fields, "data")) },
  });
  const key = optional(fields, "partition_key", text);
  if (key !== undefined) record.partitionKey = key;
  if (type === RecordType.RESPONSE) readResponse(fields, record);
  else if (RESPONSE_FIELDS.some((name) => fields.has(name))) throw new Refusal("a field of responses");
  checkValues(record);
  return record;
}

function readResponse(fields: WireFields, record: NeutralRecord): void {
  record.destination = urn(fields, "destination");
  if (record.destination.includes(".")) throw new Refusal(`a dot in destination: ${record.destination}`);
  record.requestUuid = uuid(fields, "request_uuid");
  const ok = field(fields, "ok").kind;
  if (ok.case !== "boolean") throw new Refusal("ok is not a boolean");
  record.ok = ok.value;
  const code = optional(fields, "error_code", integer);
  if (code !== undefined) {
    if (BigInt.asIntN(32, code) !== code) throw new Refusal(`error_code is beyond 32 bits: ${code}`);
    record.errorCode = Number(code);
  }
  const message = optional(fields, "error_message", text);
  if (message !== undefined) record.errorMessage = message;
}

function field(fields: WireFields, name: string): Value {
  const found = fields.get(name);
  if (!found) throw new Refusal(`${name} is missing`);
  return found;
}

function text(fields: WireFields, name: string): string {
  const { kind } = field(fields, name);
  if (kind.case !== "string") throw new Refusal(`${name} is not a text`);
  return kind.value;
}

function integer(fields: WireFields, name: string): bigint {
  const { kind } = field(fields, name);
  if (kind.case === "integer") return kind.value;
  if (kind.case === "double" && Number.isInteger(kind.value)) return BigInt(kind.value);
  throw new Refusal(`${name} is not an integer`);
}

function optional<T>(
  fields: WireFields,
  name: string,
  read: (fields: WireFields, name: string) => T,
): T | undefined {
  return field(fields, name).kind.case === "null" ? undefined : read(fields, name);
}

function urn(fields: WireFields, name: string): string {
  const found = text(fields, name);
  if (!found.startsWith("urn:")) throw new Refusal(`${name} does not begin with urn: ${found}`);
  return found;
}

function semver(fields: WireFields, name: string): string {
  const found = text(fields, name);
  if (!SEMVER.test(found)) throw new Refusal(`${name} is not SemVer: ${found}`);
  return found;
}

function protocolVersion(fields: WireFields): string {
  const version = semver(fields, "protocol_version");
  if (!version.startsWith("3.")) throw new Refusal(`protocol ${version} is not of major 3`);
  return version;
}

function uuid(fields: WireFields, name: string): string {
  const found = text(fields, name);
  const [, bare, braced] = /^(?:urn:uuid:)?(?:([0-9a-f-]+)|\{([0-9a-f-]+)\})$/i.exec(found) ?? [];
  const digits = (bare ?? braced ?? "").replaceAll("-", "").toLowerCase();
  if (digits.length !== 32) throw new Refusal(`${name} is not a UUID: ${found}`);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function mapEntries(fields: WireFields, name: string): Map<string, Value> {
  const { kind } = field(fields, name);
  if (kind.case !== "map") throw new Refusal(`${name} is not a map`);
  return entriesOf(kind.value);
}

function context(fields: WireFields): ReturnType<typeof contextEntry>[] {
  return Array.from(mapEntries(fields, "context"), ([namespace, { kind }]) => {
    if (kind.case !== "map") throw new Refusal(`context of ${namespace} is not a map`);
    return contextEntry(namespace, mapOf(entriesOf(kind.value)));
  });
}

/** Refuses doubles that are not finite, and values nested beyond the limit: data itself is the first level. */
function checkValues(record: NeutralRecord): void {
  for (const { values } of record.context) for (const { value } of values?.entries ?? []) descend(value, 2);
  if (record.payload.case === "data") for (const { value } of record.payload.value.entries) descend(value, 2);
}

function descend(value: Value | undefined, level: number): void {
  const kind = value?.kind;
  if (kind?.case === "double" && !Number.isFinite(kind.value)) throw new Refusal(`not finite: ${kind.value}`);
  if (kind?.case !== "list" && kind?.case !== "map") return;
  if (level > NESTING) throw new Refusal(`nested beyond ${NESTING} levels`);
  if (kind.case === "list") for (const item of kind.value.values) descend(item, level + 1);
  else for (const entry of kind.value.entries) descend(entry.value, level + 1);
}
