import { AVRO_ENVELOPES, type AvroField } from "../../../gen/avro-envelopes.js";
import { RECORD_TYPES, type RecordType } from "../../../gen/constants.js";
import { checkProtocolVersion, EventyError } from "../../../record/index.js";

/** An EVenty SChema: what a service says of the data of one of its records. */
export interface Evsc {
  /** Version of the protocol that the schema is for: 3.x (SemVer). */
  readonly protocol_version: string;
  /** URN of the service that defines the record. */
  readonly namespace: string;
  readonly name: string;
  /** EVENT, REQUEST or RESPONSE, in any case. */
  readonly type: string;
  readonly doc?: string | null;
  /** Avro fields of `data`. */
  readonly data_fields?: readonly unknown[] | null;
}

/** The Avro schema of a record, in the spelling of Avro. */
export interface AvroRecordJson {
  readonly type: "record";
  readonly name: string;
  readonly namespace: string;
  readonly doc: string;
  readonly fields: readonly unknown[];
}

const KEYS = ["protocol_version", "namespace", "name", "type", "doc", "data_fields"];

/**
 * Checks the form of an EVenty SChema; its data fields are checked by whoever parses the Avro schema.
 *
 * @throws EventyError INVALID_SCHEMA.
 */
export function checkEvsc(value: unknown): Evsc {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("", "is not a map");
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw invalid(unknown, `is none of ${KEYS.join(", ")}`);
  const evsc = value as { readonly [key: string]: unknown };
  for (const key of ["protocol_version", "namespace", "name", "type"]) {
    if (typeof evsc[key] !== "string" || evsc[key] === "") throw invalid(key, "is missing or not a text");
  }
  checkVersion(evsc["protocol_version"]);
  if (!String(evsc["namespace"]).startsWith("urn:")) throw invalid("namespace", 'does not start with "urn:"');
  recordType(String(evsc["type"]));
  if (!isOptional(evsc["doc"], (doc) => typeof doc === "string")) throw invalid("doc", "is not a text");
  if (!isOptional(evsc["data_fields"], Array.isArray)) throw invalid("data_fields", "is not a list");
  return evsc as unknown as Evsc;
}

/** The Avro schema of the whole record, the same as protocol 3.4 makes of an EVenty SChema. */
export function evscToAvro(evsc: Evsc): AvroRecordJson {
  const type = recordType(evsc.type);
  const namespace = avroNamespace(evsc.namespace);
  const data = { type: "record", name: `${evsc.name}_data`, namespace, fields: evsc.data_fields ?? [] };
  // A response that carries an error has no data: an empty map, which needs no values.
  const noData = { type: "map", values: [] };
  const dataField: AvroField = {
    name: "data",
    type: type === "RESPONSE" ? [noData, data] : data,
    doc: "What the record says.",
  };
  return {
    type: "record",
    name: evsc.name,
    namespace,
    doc: evsc.doc || `${evsc.name} ${type}`,
    fields: [...AVRO_ENVELOPES[type], dataField],
  };
}

/** The Avro namespace for a URN, as protocol 3.4 spells it: Avro allows dots and underscores only. */
export function avroNamespace(urn: string): string {
  return urn.replaceAll("urn:", "").replaceAll(":", ".").replaceAll("-", "_");
}

function recordType(text: string): RecordType {
  const type = RECORD_TYPES.find((candidate) => candidate === text.toUpperCase());
  if (type === undefined)
    throw invalid("type", `${JSON.stringify(text)} is not one of ${RECORD_TYPES.join(", ")}`);
  return type;
}

function checkVersion(version: unknown): void {
  try {
    checkProtocolVersion(version);
  } catch {
    throw invalid("protocol_version", `${JSON.stringify(version)} is not a version 3.x.y`);
  }
}

function isOptional(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || check(value);
}

function invalid(path: string, message: string): EventyError {
  return new EventyError("INVALID_SCHEMA", `${message}, in an EVenty SChema`, { path });
}
