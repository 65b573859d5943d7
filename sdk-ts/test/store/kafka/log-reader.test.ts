import { randomUUID } from "node:crypto";
import { CompressionTypes, Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Cluster } from "../../../src/store/kafka/client/cluster.js";
import { Connections } from "../../../src/store/kafka/client/connections.js";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { LogReader } from "../../../src/store/kafka/log/log-reader.js";
import { settingsOf } from "../../../src/store/kafka/settings.js";
import { count, recordsOf } from "../records.js";
import { brokers } from "./brokers.js";
import { deleteRecords } from "./delete-records.js";

const LIMIT = { maxRecords: 500, maxBytes: 4 * 1024 * 1024 };

const store = new KafkaStore({ brokers });
const cluster = new Cluster(settingsOf({ brokers }));
const connections = new Connections(cluster);
const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
const producer = kafka.producer({ transactionalId: `test-${randomUUID()}`, maxInFlightRequests: 1 });
const readers: LogReader[] = [];

beforeAll(() => producer.connect());
afterAll(async () => {
  await Promise.all([...readers.map((reader) => reader.close()), producer.disconnect(), store.close()]);
  await connections.close();
  cluster.close();
});

async function newTopic(texts: readonly string[] = []): Promise<string> {
  const topic = `log-${randomUUID()}`;
  await store.createTopic(topic, 1);
  if (texts.length > 0) await store.append(recordsOf(topic, 0, texts));
  return topic;
}

function readerOf(topic: string, position = 0): LogReader {
  const reader = new LogReader(connections, { topic, partition: 0 }, position);
  readers.push(reader);
  return reader;
}

async function textsOf(reader: LogReader, maxRecords = LIMIT.maxRecords): Promise<string[]> {
  const { records } = await reader.next({ ...LIMIT, maxRecords }, []);
  return records.map(({ value }) => Buffer.from(value ?? []).toString());
}

test("records that come meanwhile end the waiting", async () => {
  const topic = await newTopic();
  const waiting = textsOf(readerOf(topic));
  await store.append(recordsOf(topic, 0, ["a"]));
  expect(await waiting).toEqual(["a"]);
});

test("what is beyond the limit is kept for the next time", async () => {
  const reader = readerOf(await newTopic(count(10)));
  expect(await textsOf(reader, 4)).toEqual(["0", "1", "2", "3"]);
  const { records, next } = await reader.next({ maxRecords: 500, maxBytes: 3 }, []);
  expect([records.length, next]).toEqual([3, 7]);
  expect(await textsOf(reader)).toEqual(["7", "8", "9"]);
  expect(reader.fetched).toBe(10);
});

test("whoever stops waiting gets an empty batch at once, and misses nothing", async () => {
  const topic = await newTopic(["a"]);
  const reader = readerOf(topic);
  await textsOf(reader);
  const stop = new AbortController();
  const stopped = reader.next(LIMIT, [stop.signal]);
  stop.abort();
  expect(await stopped).toEqual({ records: [], next: 1 });
  expect(await reader.next(LIMIT, [stop.signal])).toEqual({ records: [], next: 1 });
  await store.append(recordsOf(topic, 0, ["b"]));
  expect(await textsOf(reader)).toEqual(["b"]);
});

test("a rewind does not wait for what is under way, and nothing of that counts", async () => {
  const topic = await newTopic(count(3));
  const reader = readerOf(topic);
  await textsOf(reader);
  const before = reader.next(LIMIT, []);
  reader.rewindTo(1);
  expect(await textsOf(reader)).toEqual(["1", "2"]);
  await store.append(recordsOf(topic, 0, ["3"]));
  expect((await before).records).toEqual([]);
  expect(await textsOf(reader)).toEqual(["3"]);
});

test("it can go on behind what another one has handled", async () => {
  const reader = readerOf(await newTopic(count(6)));
  expect(await textsOf(reader, 1)).toEqual(["0"]);
  reader.skipTo(4);
  reader.skipTo(2);
  expect(await textsOf(reader)).toEqual(["4", "5"]);
});

test("transactions: aborted ones are passed over, open ones are waited for", async () => {
  const topic = await newTopic();
  const reader = readerOf(topic);
  for (const [text, commits] of [
    ["a", true],
    ["lost", false],
    ["b", true],
  ] as const) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ value: text }, { value: text }] });
    await (commits ? transaction.commit() : transaction.abort());
  }
  const open = await producer.transaction();
  await open.send({ topic, messages: [{ value: "c" }] });
  await store.append(recordsOf(topic, 0, ["d"]));
  expect(await store.bounds({ topic, partition: 0 })).toEqual({ begin: 0, end: 9 });
  const seen: string[] = [];
  while (seen.length < 4) seen.push(...(await textsOf(reader)));
  expect(seen).toEqual(["a", "a", "b", "b"]);
  const waiting = textsOf(reader, 1);
  await open.commit();
  expect(await waiting).toEqual(["c"]);
  expect(await textsOf(reader)).toEqual(["d"]);
});

test("records of others: compressed, with keys like markers, with headers of all kinds", async () => {
  const topic = await newTopic();
  const transaction = await producer.transaction();
  await transaction.send({
    topic,
    compression: CompressionTypes.GZIP,
    messages: [
      { key: Buffer.alloc(4), value: "a", headers: { name: ["1", "2"], other: Buffer.from("é") } },
      { key: null, value: null },
    ],
  });
  await transaction.commit();
  const { records, next } = await readerOf(topic).next(LIMIT, []);
  expect(records).toMatchObject([
    { offset: 0, key: "\0\0\0\0", headers: { name: "2", other: "é" } },
    { offset: 1, key: null, value: null, headers: {} },
  ]);
  expect(next).toBe(3);
});

test("a position that is not there is lost, before and behind all records", async () => {
  const topic = await newTopic(count(5));
  await deleteRecords({ topic, partition: 0 }, 3);
  await expect(textsOf(readerOf(topic, 2))).rejects.toMatchObject({
    code: "POSITION_LOST",
    message: `${topic}/0 has the records 3 to 5, exclusive: offset 2 is gone.`,
  });
  await expect(textsOf(readerOf(topic, 6))).rejects.toMatchObject({ code: "POSITION_LOST" });
  expect(await textsOf(readerOf(topic, 3))).toEqual(["3", "4"]);
});

test("many records, larger than what is read at once, come in their order", async () => {
  const topic = await newTopic();
  const texts = count(3000).map((text) => text.padEnd(1024));
  await store.append(recordsOf(topic, 0, texts));
  const reader = readerOf(topic);
  const seen: string[] = [];
  while (seen.length < texts.length) seen.push(...(await textsOf(reader, 700)));
  expect(seen).toEqual(texts);
});
