import { RECORD_FIELDS } from "../../gen/record-fields.js";
import {
  EventyError,
  type EventyRecord,
  type LooseFields,
  parseInstant,
  readRecord,
} from "../../record/index.js";
import { isMap } from "./fits.js";
import { type RecordSchema, splitName } from "./schema.js";

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
    return value ?? undefined;
  };
  const { namespace, name } = splitName(schema.fullName);
  const type = take("type") ?? "EVENT";
  const source = toUrn(take("source") ?? "urn:unspecified", "source");
  const uuid = take("uuid") ?? fallbackUuid();
  const loose: LooseFields = {
    type,
    namespace: toUrn(namespace || "urn:unspecified", "namespace"),
    name,
    protocolVersion: take("protocol_version") ?? "1.0.0",
    version: take("version") ?? "1.0.0",
    source,
    uuid,
    correlationId: take("correlation_id") ?? `${source.replace("urn:", "")}:${name}:${uuid}`,
    partitionKey: take("partition_key") ?? null,
    date: readDate(TIMESTAMPS.map(take), ISO_DATES.map(take)),
    context: take("context") ?? {},
  };
  if (type === "RESPONSE") {
    for (const field of RECORD_FIELDS.filter(({ only }) => only === "RESPONSE")) {
      loose[field.name] = take(field.avro) ?? null;
    }
  }
  return readRecord({ ...loose, data: { ...readData(take("data") ?? {}), ...Object.fromEntries(rest) } });
}

function toUrn(name: unknown, path: string): string {
  if (typeof name !== "string") throw new EventyError("INVALID_RECORD", "is not a text", { path });
  const urn = name.replaceAll(".", ":");
  return urn.startsWith("urn:") ? urn : `urn:${urn}`;
}

/** A date without an offset is taken as UTC. */
function readDate(timestamps: readonly unknown[], texts: readonly unknown[]): unknown {
  const timestamp = timestamps.find((value) => value !== undefined);
  if (timestamp !== undefined) return typeof timestamp === "number" ? Math.floor(timestamp) : timestamp;
  const text = texts.find((value) => value !== undefined);
  if (typeof text !== "string") return text ?? 0;
  return parseInstant(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`, "date_iso8601");
}

function readData(data: unknown): LooseFields {
  if (isMap(data)) return data;
  throw new EventyError("INVALID_RECORD", "is not a map", { path: "data" });
}
