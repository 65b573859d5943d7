import { create } from "@bufbuild/protobuf";
import { topicOf } from "../../checker/index.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import { encodeJson, type NeutralRecord } from "../../oracle/index.js";
import { type PlainMap, toContext, toMap } from "../../oracle/values.js";
import type { ToWrite } from "./command.js";

/** The service whose events are the input of scenarios. */
export const SOURCE = "urn:source";

/** Changes to a tick: fields of the record, and flags for `only_if`. */
export interface TickChanges {
  readonly type?: RecordType;
  readonly namespace?: string;
  readonly name?: string;
  readonly source?: string;
  readonly key?: string | null;
  /** Flags that are true in its data. */
  readonly flags?: readonly string[];
  readonly data?: PlainMap;
  readonly destination?: string;
  readonly context?: { readonly [namespace: string]: PlainMap };
}

/** The record number `n` of a scenario: an event of the source, unless it is changed. */
export function tick(n: number, changes: TickChanges = {}): NeutralRecord {
  const { type = RecordType.EVENT, namespace = SOURCE, name = "Tick", source = SOURCE, key = "k" } = changes;
  const flags = (changes.flags ?? []).map((flag) => [flag, true] as const);
  const isResponse = type === RecordType.RESPONSE;
  return create(RecordSchema, {
    type,
    namespace,
    name,
    protocolVersion: "3.5.0",
    version: "1.0.0",
    source,
    uuid: uuidOf(n),
    correlationId: `tick:${n}`,
    ...(key === null ? {} : { partitionKey: key }),
    date: 1709202896999n + BigInt(n),
    context: toContext(changes.context ?? { [SOURCE]: { of: n } }),
    ...(isResponse ? { destination: changes.destination ?? "", requestUuid: uuidOf(n), ok: true } : {}),
    payload: { case: "data", value: toMap({ n, ...Object.fromEntries(flags), ...changes.data }) },
  });
}

/** Ticks numbered from 0, changed where `changes` says so. */
export function ticks(
  count: number,
  changes: (n: number) => TickChanges = () => ({}),
): readonly NeutralRecord[] {
  return Array.from({ length: count }, (_, n) => tick(n, changes(n)));
}

/** A record as it is written to its topic, in JSON. */
export function stored(record: NeutralRecord): ToWrite {
  return {
    topic: topicOf(record.type, record.namespace),
    ...(record.partitionKey === undefined ? {} : { key: record.partitionKey }),
    value: encodeJson(record),
    headers: { "content-type": "application/vnd.eventy.v3+json" },
  };
}

/** The uuid of record number `n`. */
export function uuidOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
}

/** The number of the record that has a uuid. */
export function numberOf(uuid: string): number {
  return Number.parseInt(uuid.slice(-12), 16);
}
