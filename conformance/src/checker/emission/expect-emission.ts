import { create } from "@bufbuild/protobuf";
import type { Draft } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import {
  contextEntry,
  entriesOf,
  integerValue,
  mapOf,
  stringValue,
  type Value,
  type ValueMap,
} from "../../oracle/values.js";
import { compactSize, isReserved } from "./compact-size.js";

const URN = /^urn:[A-Za-z0-9][A-Za-z0-9_-]*(:[A-Za-z0-9][A-Za-z0-9_-]*)*$/;
const FLOW = "urn:eventy:flow";
const MAX_NAMESPACES = 64;
const MAX_BYTES = 8192;
const MAX_HOPS = 64n;

/** What an emission must come to: records, or the code of an error. */
export type Outcome =
  | { readonly records: readonly ExpectedRecord[] }
  | { readonly refuse: "INVALID_RECORD" | "LIMIT_EXCEEDED" | "CONTEXT_VIOLATION" };

/** A record as it must be emitted, but for `version`, `uuid` and `date`, and the instance in `source`. */
export interface ExpectedRecord {
  readonly record: NeutralRecord;
  /** The fields that the implementation chooses. */
  readonly free: readonly string[];
}

/** What the specification says that a service emits for these drafts while it handles the input. */
export function expectEmission(
  service: string,
  input: NeutralRecord | undefined,
  drafts: readonly Draft[],
): Outcome {
  const arrival = input && arrivalProblem(input);
  if (arrival) return { refuse: arrival };
  const records: ExpectedRecord[] = [];
  for (const draft of drafts) {
    const output = expectOutput(service, input, draft);
    if (typeof output === "string") return { refuse: output };
    records.push(output);
  }
  return { records };
}

type Refused = "INVALID_RECORD" | "LIMIT_EXCEEDED" | "CONTEXT_VIOLATION";

function arrivalProblem(input: NeutralRecord): Refused | undefined {
  const hops = hopsOf(input);
  if (hops === undefined) return "INVALID_RECORD";
  return isBeyondLimits(partsOf(input), hops) ? "LIMIT_EXCEEDED" : undefined;
}

function isBeyondLimits(parts: ReadonlyMap<string, ValueMap>, hops: bigint): boolean {
  const namespaces = [...parts.keys()].filter((namespace) => !isReserved(namespace));
  return namespaces.length > MAX_NAMESPACES || compactSize(parts) > MAX_BYTES || hops > MAX_HOPS;
}

function expectOutput(
  service: string,
  input: NeutralRecord | undefined,
  draft: Draft,
): ExpectedRecord | Refused {
  if (input && draft.correlationId !== undefined) return "CONTEXT_VIOLATION";
  if (draft.context.some(({ namespace }) => namespace !== service || isReserved(namespace)))
    return "CONTEXT_VIOLATION";
  const isResponse = draft.type === RecordType.RESPONSE;
  if (isResponse && input?.type !== RecordType.REQUEST) return "CONTEXT_VIOLATION";
  const namespace = draft.type === RecordType.REQUEST ? draft.target : service;
  if (!URN.test(namespace) || !URN.test(service) || draft.name === "" || draft.correlationId === "")
    return "INVALID_RECORD";
  if (isResponse && !URN.test(input?.source ?? "")) return "INVALID_RECORD";

  const parts = input ? partsOf(input) : new Map<string, ValueMap>();
  const hops = (input && hopsOf(input)) ?? 0n;
  const own = ownPart(parts.get(service), draft);
  if (own.entries.length > 0) parts.set(service, own);
  else parts.delete(service);
  if (input) parts.set(FLOW, flowPart(hops + 1n, input.uuid));
  if (isBeyondLimits(parts, input ? hops + 1n : 0n)) return "LIMIT_EXCEEDED";

  const record = create(RecordSchema, {
    type: draft.type,
    namespace,
    name: draft.name,
    protocolVersion: "3.5.0",
    source: service,
    correlationId: input ? input.correlationId || input.uuid : (draft.correlationId ?? ""),
    context: Array.from(parts, ([urn, part]) => contextEntry(urn, part)),
    payload: { case: "data", value: draft.data ?? mapOf([]) },
  });
  const key = partitionKeyOf(input, draft);
  if (key !== undefined) record.partitionKey = key;
  if (isResponse && input) {
    record.destination = input.source;
    record.requestUuid = input.uuid;
  }
  const chosen = input || draft.correlationId !== undefined ? [] : ["correlation_id"];
  const answer = isResponse ? ["ok", "error_code", "error_message"] : [];
  return { record, free: ["version", "uuid", "date", "source", ...chosen, ...answer] };
}

function ownPart(inherited: ValueMap | undefined, draft: Draft): ValueMap {
  const entries = entriesOf(inherited);
  for (const { values } of draft.context) {
    for (const [key, value] of entriesOf(values)) {
      if (value.kind.case === "null") entries.delete(key);
      else entries.set(key, value);
    }
  }
  return mapOf(entries);
}

function partitionKeyOf(input: NeutralRecord | undefined, { partition }: Draft): string | undefined {
  if (partition.case === "partitionKey") return partition.value;
  return partition.case === "anyPartition" ? undefined : input?.partitionKey;
}

function partsOf(record: NeutralRecord): Map<string, ValueMap> {
  return new Map(record.context.map(({ namespace, values }) => [namespace, values ?? mapOf([])]));
}

/** The hops of a record, undefined if they are none. */
function hopsOf(record: NeutralRecord): bigint | undefined {
  const hops = entriesOf(partsOf(record).get(FLOW)).get("hops");
  return hops ? wholeNumber(hops) : 0n;
}

function wholeNumber({ kind }: Value): bigint | undefined {
  const number =
    kind.case === "integer"
      ? kind.value
      : kind.case === "double" && Number.isSafeInteger(kind.value)
        ? BigInt(kind.value)
        : -1n;
  return number >= 0n ? number : undefined;
}

function flowPart(hops: bigint, causation: string): ValueMap {
  return mapOf([
    ["hops", integerValue(hops)],
    ["causation_uuid", stringValue(causation)],
  ]);
}
