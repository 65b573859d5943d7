import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventyError } from "../../../src/record/index.js";
import type { NewRecord } from "../../../src/store/index.js";
import { encodeBatch, NOBODY, sizeOfRecord } from "../../../src/store/kafka/log/encode-batch.js";
import { split } from "../../../src/store/kafka/log/split.js";
import { records } from "./batches.js";
import { decodeWithKafkaJs, encodeWithKafkaJs } from "./kafkajs.js";

const NOW = 1_700_000_000_000;
const PRODUCER = { producerId: "4294967297", producerEpoch: 7, sequence: 500, isTransactional: true };

const text = fc.string({ unit: "binary" }).filter((value) => value.isWellFormed());
const newRecord: fc.Arbitrary<NewRecord> = fc.record({
  topic: fc.constant("orders"),
  key: fc.option(text),
  value: fc.option(fc.uint8Array({ maxLength: 300 })),
  headers: fc.dictionary(text, text, { maxKeys: 3 }),
});

describe("a batch that is encoded", () => {
  test("has these bytes", () => {
    const record = {
      topic: "orders",
      key: "21",
      value: Buffer.from("v"),
      headers: { "content-type": "application/json" },
    };
    const bytes = encodeBatch([record, { topic: "orders", key: null, value: null }], PRODUCER, NOW);
    expect(bytes.toString("hex")).toBe(
      [
        "0000000000000000", // base offset
        "00000060", // length
        "ffffffff", // epoch of the leader
        "02", // format
        "c013f625", // checksum
        "0010", // transactional
        "00000001", // last offset
        "0000018bcfe56800", // first time
        "0000018bcfe56800", // last time
        "0000000100000001", // producer
        "0007", // its epoch
        "000001f4", // sequence
        "00000002", // records
        "4e0000000432310276", // 39 bytes, attributes, time, offset 0, "21", "v"
        "0218636f6e74656e742d74797065206170706c69636174696f6e2f6a736f6e", // a header
        "0c000002010100", // 6 bytes, attributes, time, offset 1, null, null, no headers
      ].join(""),
    );
  });

  test("is what kafkajs encodes, but for the epoch of the leader, which is not part of the checksum", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(newRecord, { minLength: 1, maxLength: 5 }), async (batch) => {
        const ours = encodeBatch(batch, PRODUCER, NOW);
        const theirs = await encodeWithKafkaJs(batch, {
          now: NOW,
          producerId: PRODUCER.producerId,
          producerEpoch: PRODUCER.producerEpoch,
          firstSequence: PRODUCER.sequence,
          transactional: true,
        });
        theirs.writeInt32BE(-1, 12);
        expect(ours.toString("hex")).toBe(theirs.toString("hex"));
      }),
    );
  });

  test("is read by kafkajs", async () => {
    const batch = Array.from({ length: 3000 }, (_, index) => ({
      topic: "orders",
      key: `key-${index}`,
      value: Buffer.alloc(index % 200, index),
      headers: { "x-é": `${index}`, empty: "" },
    }));
    const read = await decodeWithKafkaJs(encodeBatch(batch, PRODUCER, NOW));
    expect(read).toMatchObject({ firstSequence: 500, producerId: "4294967297", inTransaction: true });
    expect(read.lastOffsetDelta).toBe(2999);
    expect(
      read.records.map(({ key, value, headers, offset, timestamp }) => ({
        key: `${key}`,
        value: value?.toString("hex"),
        headers: Object.fromEntries(Object.entries(headers).map(([name, bytes]) => [name, `${bytes}`])),
        offset: Number(offset),
        timestamp: Number(timestamp),
      })),
    ).toEqual(
      batch.map(({ key, value, headers }, offset) => ({
        key,
        value: value.toString("hex"),
        headers,
        offset,
        timestamp: NOW,
      })),
    );
  });

  test("has no producer outside of transactions", async () => {
    const read = await decodeWithKafkaJs(encodeBatch(records("a"), NOBODY));
    expect(read).toMatchObject({
      producerId: "-1",
      producerEpoch: -1,
      firstSequence: -1,
      inTransaction: false,
    });
  });
});

describe("records are cut into batches", () => {
  test("of half a MiB", () => {
    const value = Buffer.alloc(100 * 1024);
    const many = Array.from({ length: 12 }, () => ({ topic: "orders", key: null, value }));
    expect(split(many).map((batch) => batch.length)).toEqual([5, 5, 2]);
    for (const batch of split(many)) expect(encodeBatch(batch, NOBODY).length).toBeLessThan(512 * 1024);
  });

  test("a larger one is alone", () => {
    const sizes = [1, 700_000, 2, 3];
    const batches = split(sizes.map((size) => ({ topic: "orders", key: null, value: Buffer.alloc(size) })));
    expect(batches.map((batch) => batch.map(({ value }) => value.length))).toEqual([[1], [700_000], [2, 3]]);
  });

  test("of not more bytes than was said", () => {
    fc.assert(
      fc.property(fc.array(newRecord, { minLength: 1, maxLength: 200 }), (batch) => {
        const most = batch.reduce((sum, record) => sum + sizeOfRecord(record), 61);
        expect(encodeBatch(batch, NOBODY).length).toBeLessThanOrEqual(most);
      }),
    );
  });

  test.each([
    ["key", { key: "\ud800" }],
    ["name of a header", { headers: { "\udc00": "" } }],
    ["header", { headers: { name: "a\ud83d" } }],
  ])("unless UTF-8 does not carry its %s", (_, part) => {
    const cut = () => split([{ topic: "orders", key: null, value: null, ...part }]);
    expect(cut).toThrow(EventyError);
    expect(cut).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });
});
