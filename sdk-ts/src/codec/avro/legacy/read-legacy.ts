import {
  canonicalUuid,
  EventyError,
  type EventyRecord,
  type LooseFields,
  parseInstant,
  readRecord,
} from "../../../record/index.js";
import { isMap } from "../datum/fits.js";
import { type RecordSchema, splitName } from "../schema/schema.js";

/** Where protocol 1 and 2 put the date in milliseconds; the first of these counts. */
const TIMESTAMPS = [
  "timestamp",
  "timestamp_ms",
  "date_timestamp",
  "date_timestamp_ms",
  "event_timestamp",
  "event_timestamp_ms",
];

/** Where they put the date as a text, which counts where there is no timestamp. */
const ISO_DATES = ["date_iso", "date_iso8601"];

const UNSPECIFIED = "urn:unspecified";

/**
 * A record of protocol 1 or 2, whose fields were looser.
 *
 * Namespace and name are those of the schema. Dotted names become URNs. Fields
 * that are none of the record's are data. What is missing is the same at each
 * reading: the uuid is the given one, the correlation id is made of it, and the
 * date is 1970-01-01.
 *
 * @throws EventyError INVALID_RECORD, LIMIT_EXCEEDED.
 */
export function readLegacy(
  schema: RecordSchema,
  fields: LooseFields,
  fallbackUuid: () => string,
): EventyRecord {
  const rest = new Map(Object.entries(fields));
  const take = (name: string): unknown => {
    const value = rest.get(name);
    rest.delete(name);
    return value;
  };
  const { namespace, name } = splitName(schema.fullName);
  const type = orElse(take("type"), "EVENT");
  if (type === "RESPONSE")
    throw invalid("type", "a response of protocol 1 or 2 does not say what it answers");
  const source = toUrn(orElse(take("source"), UNSPECIFIED));
  const uuid = readUuid(take("uuid") ?? fallbackUuid());
  const loose: LooseFields = {
    type,
    namespace: toUrn(namespace || UNSPECIFIED),
    name,
    protocolVersion: orElse(take("protocol_version"), "1.0.0"),
    version: orElse(take("version"), "1.0.0"),
    source,
    uuid,
    correlationId: take("correlation_id") ?? `${source.slice("urn:".length)}:${name}:${uuid}`,
    partitionKey: take("partition_key") ?? null,
    date: readDate(first(TIMESTAMPS.map(take)), first(ISO_DATES.map(take))),
    context: take("context") ?? {},
  };
  const data = readData(orElse(take("data"), {}));
  return readRecord({ ...loose, data: { ...data, ...Object.fromEntries(rest) } });
}

/** The value, null included, or else what stands for a field that is not there. */
function orElse(value: unknown, missing: unknown): unknown {
  return value === undefined ? missing : value;
}

function first(values: readonly unknown[]): unknown {
  return values.find((value) => value !== undefined);
}

function toUrn(name: unknown): string {
  if (typeof name !== "string") throw invalid("source", "is not a text");
  const urn = name.replaceAll(".", ":");
  return urn.startsWith("urn:") ? urn : `urn:${urn}`;
}

function readUuid(uuid: unknown): string {
  if (typeof uuid !== "string") throw invalid("uuid", "is not a text");
  return canonicalUuid(uuid, "uuid");
}

/** A date without an offset is taken as UTC. */
function readDate(timestamp: unknown, text: unknown): unknown {
  if (timestamp !== undefined) return typeof timestamp === "number" ? Math.floor(timestamp) : timestamp;
  if (text === undefined) return 0;
  if (typeof text !== "string") throw invalid("date_iso8601", "is not a text");
  return parseInstant(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`, "date_iso8601");
}

function readData(data: unknown): LooseFields {
  if (isMap(data)) return data;
  throw invalid("data", "is not a map");
}

function invalid(path: string, message: string): EventyError {
  return new EventyError("INVALID_RECORD", message, { path });
}
