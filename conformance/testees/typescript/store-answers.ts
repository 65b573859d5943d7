import { create } from "@bufbuild/protobuf";
import { decodeStateValue } from "@eventy/sdk/processing";
import { EventyError } from "@eventy/sdk/record";
import type {
  Claim,
  NewRecord,
  Position,
  RecordStore,
  StoredRecord,
  TopicPartition,
} from "@eventy/sdk/store";
import {
  type Acknowledged,
  AcknowledgedOffsetSchema,
  type CreateTopic,
  DoneSchema,
  type Read,
  ReadRecordsSchema,
  type StateGet,
  StateValueSchema,
  type StoredRecord as Stored,
  StoredRecordSchema,
  type Write,
  WrittenSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Answer } from "./answer.js";
import { toNeutralValue } from "./records.js";

export async function createTopic(store: RecordStore, { topic, partitions }: CreateTopic): Promise<Answer> {
  await store.createTopic(topic, partitions);
  return { case: "done", value: create(DoneSchema) };
}

export async function write(store: RecordStore, { records }: Write): Promise<Answer> {
  const positions = await store.append(records.map(newRecord));
  return { case: "written", value: create(WrittenSchema, { positions: positions.map(stored) }) };
}

/** Reads what is there now, up to the limit. */
export async function read(store: RecordStore, command: Read): Promise<Answer> {
  const { topic, partition, limit } = command;
  const place = { topic, partition };
  const { end } = await store.bounds(place);
  const records: Stored[] = [];
  let offset = await startOf(store, place, command);
  while (offset < end && (limit === 0 || records.length < limit)) {
    const maxRecords = limit === 0 ? 500 : limit - records.length;
    const batch = await store.read(place, offset, { maxRecords });
    records.push(...batch.records.filter((record) => record.offset < end).map(stored));
    offset = batch.next;
    // The offsets that are left hold no records.
    if (batch.records.length === 0) break;
  }
  // What is beyond the end is refused by reading there.
  if (offset > end) await store.read(place, offset);
  return { case: "readRecords", value: create(ReadRecordsSchema, { records }) };
}

export async function acknowledged(store: RecordStore, command: Acknowledged): Promise<Answer> {
  const { group, topic, partition } = command;
  const offset = await store.acknowledged(group, { topic, partition });
  const value = create(AcknowledgedOffsetSchema, offset === null ? {} : { offset: BigInt(offset) });
  return { case: "acknowledgedOffset", value };
}

/** Reads a state as its owner: as a member of the group, for a moment. */
export async function stateGet(store: RecordStore, command: StateGet): Promise<Answer> {
  const { group, state, topic, partition, key } = command;
  if (partition >= (await store.partitionsOf(topic))) {
    throw new EventyError("INVALID_ARGUMENT", `${topic} has no partition ${partition}`);
  }
  const member = await store.join({ group, topics: [topic] });
  const claims: Claim[] = [];
  let bytes: Uint8Array | null = null;
  for await (const claim of member.claims()) {
    claims.push(claim);
    if (claim.partition !== partition) continue;
    bytes = await claim.state(state, key);
    break;
  }
  await Promise.all(claims.map((claim) => claim.release()));
  await member.leave();
  const value = bytes === null ? undefined : toNeutralValue(decodeStateValue(bytes));
  return { case: "stateValue", value: create(StateValueSchema, value === undefined ? {} : { value }) };
}

async function startOf(store: RecordStore, place: TopicPartition, { cursor, group }: Read): Promise<number> {
  const { begin, end } = await store.bounds(place);
  switch (cursor?.cursor.case) {
    case "offset":
      return Number(cursor.cursor.value);
    case "date":
      return store.offsetAt(place, new Date(Number(cursor.cursor.value)));
    case "current":
      return end;
    case "acknowledged":
      return (await store.acknowledged(group, place)) ?? begin;
    default:
      return begin;
  }
}

function newRecord({ topic, partition, key, value, headers }: Stored): NewRecord {
  return {
    topic,
    key: key ?? null,
    value: value ?? null,
    headers,
    ...(partition === undefined ? {} : { partition }),
  };
}

function stored(record: StoredRecord | Position): Stored {
  const { topic, partition, offset } = record;
  const content =
    "value" in record
      ? {
          headers: { ...record.headers },
          ...(record.key === null ? {} : { key: record.key }),
          ...(record.value === null ? {} : { value: record.value }),
        }
      : {};
  return create(StoredRecordSchema, { topic, partition, offset: BigInt(offset), ...content });
}
