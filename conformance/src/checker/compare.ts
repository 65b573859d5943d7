import { RecordType } from "../gen/proto/eventy/v3/options_pb.js";
import { entriesOf, mapOf, mapValue, type Value } from "../oracle/values.js";
import type { NeutralRecord } from "../oracle/wire-record.js";
import { show } from "./show.js";

/** Where two records differ, and how. */
export interface Difference {
  /** Such as `data.lines[2].qty` or `context["urn:orders"].order`. */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

const SCALARS = [
  ["namespace", "namespace"],
  ["name", "name"],
  ["protocol_version", "protocolVersion"],
  ["version", "version"],
  ["source", "source"],
  ["uuid", "uuid"],
  ["correlation_id", "correlationId"],
  ["partition_key", "partitionKey"],
  ["date", "date"],
  ["destination", "destination"],
  ["request_uuid", "requestUuid"],
  ["ok", "ok"],
  ["error_code", "errorCode"],
  ["error_message", "errorMessage"],
] as const;

/**
 * The first difference of two records in meaning, or undefined.
 *
 * The order of a map's entries means nothing, and the last of equal keys counts. 1 and 1.0 are the same, and
 * −0 is 0; but an integer beyond ±(2^53 − 1) and a double are not. No payload is an empty one.
 *
 * @param except fields and parts of the context that are not compared, as paths
 */
export function firstDifference(
  expected: NeutralRecord,
  actual: NeutralRecord,
  except: readonly string[] = [],
): Difference | undefined {
  if (expected.type !== actual.type) {
    return { path: "type", expected: typeName(expected.type), actual: typeName(actual.type) };
  }
  for (const [path, property] of SCALARS) {
    const [one, other] = [expected[property], actual[property]];
    if (one !== other && !except.includes(path))
      return { path, expected: scalar(one), actual: scalar(other) };
  }
  return (
    (except.includes("context") ? undefined : compareContexts(expected, actual, except)) ??
    (except.includes("data") ? undefined : comparePayloads(expected, actual))
  );
}

/** The first difference of two values in meaning, or undefined. */
export function valueDifference(expected: Value, actual: Value, path: string): Difference | undefined {
  const [one, other] = [expected.kind, actual.kind];
  if (one.case === "list" && other.case === "list") {
    const length = Math.max(one.value.values.length, other.value.values.length);
    for (let i = 0; i < length; i++) {
      const found = optionalDifference(one.value.values[i], other.value.values[i], `${path}[${i}]`);
      if (found) return found;
    }
    return undefined;
  }
  if (one.case === "map" && other.case === "map") {
    return mapDifference(entriesOf(one.value), entriesOf(other.value), (key) => member(path, key));
  }
  return isSame(one, other) ? undefined : { path, expected: show(expected), actual: show(actual) };
}

function mapDifference(
  expected: ReadonlyMap<string, Value>,
  actual: ReadonlyMap<string, Value>,
  pathOf: (key: string) => string,
): Difference | undefined {
  for (const key of new Set([...expected.keys(), ...actual.keys()])) {
    const found = optionalDifference(expected.get(key), actual.get(key), pathOf(key));
    if (found) return found;
  }
  return undefined;
}

function optionalDifference(expected: Value | undefined, actual: Value | undefined, path: string) {
  if (expected && actual) return valueDifference(expected, actual, path);
  return { path, expected: show(expected), actual: show(actual) };
}

function isSame(one: Value["kind"], other: Value["kind"]): boolean {
  if (one.case === "integer" && other.case === "double") return isSameNumber(one.value, other.value);
  if (one.case === "double" && other.case === "integer") return isSameNumber(other.value, one.value);
  if (one.case === "double" && other.case === "double" && Number.isNaN(one.value))
    return Number.isNaN(other.value);
  if (one.case === "bytes" && other.case === "bytes") return Buffer.from(one.value).equals(other.value);
  return one.case === other.case && one.value === other.value;
}

function isSameNumber(integer: bigint, double: number): boolean {
  return Number.isSafeInteger(double) && BigInt(double) === integer;
}

function compareContexts(
  expected: NeutralRecord,
  actual: NeutralRecord,
  except: readonly string[],
): Difference | undefined {
  const pathOf = (namespace: string): string => `context[${JSON.stringify(namespace)}]`;
  const compared = (record: NeutralRecord) =>
    new Map([...contextOf(record)].filter(([namespace]) => !except.includes(pathOf(namespace))));
  return mapDifference(compared(expected), compared(actual), pathOf);
}

/** The context of a record as one map; of equal namespaces the last counts. */
function contextOf(record: NeutralRecord): Map<string, Value> {
  return new Map(record.context.map(({ namespace, values }) => [namespace, mapValue(values ?? mapOf([]))]));
}

function comparePayloads(expected: NeutralRecord, actual: NeutralRecord): Difference | undefined {
  const [one, other] = [expected.payload, actual.payload];
  if (one.case !== "message" && other.case !== "message") {
    return mapDifference(entriesOf(one.value), entriesOf(other.value), (key) => member("data", key));
  }
  const [expectedText, actualText] = [payload(expected), payload(actual)];
  return expectedText === actualText
    ? undefined
    : { path: "message", expected: expectedText, actual: actualText };
}

function payload({ payload: content }: NeutralRecord): string {
  if (content.case !== "message") return show(content.value && mapValue(content.value));
  return `${content.value.typeUrl} ${Buffer.from(content.value.value).toString("hex")}`;
}

function member(path: string, key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function typeName(type: RecordType): string {
  return RecordType[type] ?? String(type);
}

function scalar(value: string | number | bigint | boolean | undefined): string {
  return value === undefined ? "nothing" : typeof value === "string" ? JSON.stringify(value) : String(value);
}
