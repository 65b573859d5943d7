import {
  groupOf,
  handles,
  type KeptCursor,
  type KeptNumber,
  type KeptRecord,
  type Snapshot,
  topicOf,
} from "../../checker/index.js";
import type { Handler } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { decodeAvro, decodeJson, decodeProtobuf, type NeutralRecord, Refusal } from "../../oracle/index.js";
import type { Oracle, PersistedRecord } from "../../oracle/store/oracle.js";

/** What a snapshot is to show. */
export interface Seen {
  readonly service: string;
  /** Topics with their numbers of partitions. */
  readonly topics: ReadonlyMap<string, number>;
  readonly handlers: readonly Handler[];
}

/** Everything that is committed now of what a scenario is about. */
export function takeSnapshot(oracle: Oracle, seen: Seen): Promise<Snapshot> {
  return oracle.atOnce((still) => readAll(still, seen));
}

async function readAll(oracle: Oracle, seen: Seen): Promise<Snapshot> {
  const records: KeptRecord[] = [];
  for (const [topic, partitions] of seen.topics) {
    records.push(...(await oracle.records(topic, partitions)).map(kept));
  }
  return {
    records,
    cursors: await readCursors(oracle, seen),
    states: await readNumbers(oracle, seen, records),
  };
}

async function readCursors(
  oracle: Oracle,
  { service, topics, handlers }: Seen,
): Promise<readonly KeptCursor[]> {
  const cursors: KeptCursor[] = [];
  const read = new Set(
    handlers.map((handler) =>
      JSON.stringify([groupOf(handler, service), topicOf(handler.type, handler.namespace)]),
    ),
  );
  for (const pair of read) {
    const [group, topic] = JSON.parse(pair) as [string, string];
    for (let partition = 0; partition < (topics.get(topic) ?? 0); partition++) {
      const acknowledged = await oracle.acknowledged(group, topic, partition);
      if (acknowledged === null) continue;
      const end = await oracle.end?.(topic, partition);
      cursors.push({ group, topic, partition, acknowledged, ...(end === undefined ? {} : { end }) });
    }
  }
  return cursors;
}

/** The numbers that handlers may have added to: one for each key of the records that they handle. */
async function readNumbers(
  oracle: Oracle,
  { service, handlers }: Seen,
  records: readonly KeptRecord[],
): Promise<readonly KeptNumber[]> {
  const places = new Map<string, Omit<KeptNumber, "value">>();
  for (const handler of handlers) {
    const group = groupOf(handler, service);
    for (const { step } of handler.steps) {
      if (step.case !== "addState") continue;
      for (const { record, topic, partition } of records) {
        if (!record || !handles(handler, record, service)) continue;
        if (topic !== topicOf(handler.type, handler.namespace)) continue;
        const { state } = step.value;
        const place = { group, state, topic, partition, key: step.value.key || (record.partitionKey ?? "") };
        places.set(JSON.stringify(place), place);
      }
    }
  }
  const numbers: KeptNumber[] = [];
  for (const place of places.values()) {
    const kind = (await oracle.state(place, place.key))?.kind;
    if (kind?.case === "integer") numbers.push({ ...place, value: kind.value });
  }
  return numbers;
}

/** A record that the oracle read, decoded if it is one. */
export function kept({ topic, partition, offset, key, value, headers }: PersistedRecord): KeptRecord {
  return {
    topic,
    partition,
    offset,
    key: key ?? undefined,
    value: value ?? undefined,
    headers: new Map(Object.entries(headers)),
    record: value === null ? undefined : decoded(value, headers["content-type"] ?? ""),
  };
}

function decoded(value: Uint8Array, contentType: string): NeutralRecord | undefined {
  try {
    if (contentType.endsWith("+avro")) return decodeAvro(value);
    return contentType.endsWith("+protobuf") ? decodeProtobuf(value) : decodeJson(value);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
