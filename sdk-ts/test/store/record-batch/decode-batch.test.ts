import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AT, ATTRIBUTE } from "../../../src/store/kafka/log/batch-header.js";
import { encodeBatch, NOBODY } from "../../../src/store/kafka/log/encode-batch.js";
import { batchAt, changed, PARTITION, readAll, textsOf } from "./batches.js";
import { encodeWithKafkaJs } from "./kafkajs.js";

const text = fc.string({ unit: "binary" }).filter((value) => value.isWellFormed());

/** A record as it stands in a batch, without its length. */
function rawRecord(offset: number, value: string): number[] {
  return [0, 0, offset * 2, 1, value.length * 2, ...Buffer.from(value), 0];
}

/** A batch of which compaction has left these records. */
function compacted(
  baseOffset: number,
  lastDelta: number,
  left: readonly (readonly [number, string])[],
): Buffer {
  const bytes = left.flatMap(([offset, value]) => {
    const record = rawRecord(offset, value);
    return [record.length * 2, ...record];
  });
  const whole = batchAt(baseOffset, []);
  return changed(Buffer.concat([whole, Buffer.from(bytes)]), (batch) => {
    batch.writeInt32BE(batch.length - AT.LEADER_EPOCH, AT.LENGTH);
    batch.writeInt32BE(lastDelta, AT.LAST_OFFSET_DELTA);
    batch.writeInt32BE(left.length, AT.RECORD_COUNT);
  });
}

describe("a batch that is decoded", () => {
  test("has the records that kafkajs encoded", async () => {
    const message = fc.record({
      key: fc.option(text),
      value: fc.option(fc.uint8Array({ maxLength: 300 })),
      headers: fc.dictionary(text, text, { maxKeys: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 1),
        async (messages, compression) => {
          const { records, next } = await readAll([
            await encodeWithKafkaJs(messages, { now: 1234, compression }),
          ]);
          expect(next).toBe(messages.length);
          expect(records.map((record) => ({ ...record, value: record.value && [...record.value] }))).toEqual(
            messages.map(({ key, value, headers }, offset) => ({
              ...PARTITION,
              offset,
              key,
              value: value && [...value],
              headers: { ...headers },
              appendedAt: 1234,
            })),
          );
        },
      ),
    );
  });

  test("takes the last of several headers with one name, and a null as empty", async () => {
    const batch = await encodeWithKafkaJs(
      [{ key: null, value: null, headers: { a: ["1", "2", "3"], b: "x" } }],
      { now: 1 },
    );
    expect((await readAll([batch])).records[0]?.headers).toEqual({ a: "3", b: "x" });
    const nulls = changed(batchAt(0, [""]), () => undefined);
    // The record without headers becomes one with the header "n" whose value is null.
    const record = [0, 0, 0, 1, 0, 2, 2, "n".charCodeAt(0), 1];
    const bytes = Buffer.concat([nulls.subarray(0, AT.RECORDS), Buffer.from([record.length * 2, ...record])]);
    const other = changed(bytes, (all) => all.writeInt32BE(all.length - AT.LEADER_EPOCH, AT.LENGTH));
    expect((await readAll([other])).records[0]?.headers).toEqual({ n: "" });
  });

  test("has headers of any name", async () => {
    const headers = JSON.parse('{"__proto__":"a","constructor":"b"}');
    const { records } = await readAll([
      encodeBatch([{ topic: "orders", key: null, value: null, headers }], NOBODY),
    ]);
    expect(Object.entries(records[0]?.headers ?? {})).toEqual(Object.entries(headers));
  });

  test("has the time of the broker, if the topic is so", async () => {
    const batch = changed(batchAt(0, ["a", "b"]), (bytes) => {
      bytes.writeInt16BE(ATTRIBUTE.LOG_APPEND_TIME, AT.ATTRIBUTES);
      bytes.writeBigInt64BE(2000n, AT.MAX_TIMESTAMP);
    });
    expect((await readAll([batch])).records.map(({ appendedAt }) => appendedAt)).toEqual([2000, 2000]);
  });

  test("has gaps where compaction removed records, also at its end", async () => {
    const read = await readAll(
      [
        compacted(10, 9, [
          [2, "a"],
          [5, "b"],
        ]),
        batchAt(20, ["c"]),
      ],
      { from: 10 },
    );
    expect(read.records.map(({ offset }) => offset)).toEqual([12, 15, 20]);
    expect((await readAll([compacted(10, 9, [[2, "a"]])])).next).toBe(20);
  });

  test("may have no records left", async () => {
    const read = await readAll([compacted(10, 4, []), batchAt(15, ["a"])], { from: 10 });
    expect([textsOf(read), read.next]).toEqual([["a"], 16]);
    expect((await readAll([compacted(10, 4, [])], { from: 12 })).next).toBe(15);
  });

  test("may begin before what is wanted", async () => {
    const read = await readAll([batchAt(10, ["a", "b", "c"])], { from: 12 });
    expect([textsOf(read), read.next]).toEqual([["c"], 13]);
  });

  test("is left out if it is cut off", async () => {
    const second = batchAt(1, ["b"]);
    for (const length of [1, 16, 17, 60, second.length - 1]) {
      const read = await readAll([batchAt(0, ["a"]), second.subarray(0, length)]);
      expect([textsOf(read), read.next]).toEqual([["a"], 1]);
    }
  });

  test("is refused if a byte of it changed", async () => {
    const batch = batchAt(5, ["some text"]);
    for (let at = AT.CRC; at < batch.length; at++) {
      const damaged = Buffer.from(batch);
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      await expect(readAll([damaged], { from: 5 })).rejects.toMatchObject({
        code: "STORE_FAILED",
        message: "The batch at 5 of orders/3 does not match its checksum.",
      });
    }
  });

  test("is refused behind good ones, once these are handed out", async () => {
    const damaged = batchAt(1, ["b"]);
    damaged[AT.RECORDS] = 0x7f;
    const read = await readAll([batchAt(0, ["a"]), damaged]);
    expect([textsOf(read), read.next]).toEqual([["a"], 1]);
    await expect(readAll([damaged], { from: 1 })).rejects.toMatchObject({ code: "STORE_FAILED" });
  });

  test("is refused if it is of another format, or its length is wrong", async () => {
    const old = batchAt(0, ["a"]);
    old[AT.MAGIC] = 1;
    await expect(readAll([old])).rejects.toThrow("The batch at 0 of orders/3 is of the format 1, and not 2.");
    const short = batchAt(0, ["a"]);
    short.writeInt32BE(-12, AT.LENGTH);
    await expect(readAll([short])).rejects.toThrow("The batch at 0 of orders/3 is too short.");
  });

  test("is refused if its records do not fit it", async () => {
    const tooMany = changed(batchAt(0, ["a"]), (batch) => batch.writeInt32BE(2, AT.RECORD_COUNT));
    await expect(readAll([tooMany])).rejects.toMatchObject({ code: "STORE_FAILED" });
    const beyond = changed(batchAt(0, ["a"]), (batch) => (batch[AT.RECORDS] = 0x7e));
    await expect(readAll([beyond])).rejects.toMatchObject({ code: "STORE_FAILED" });
  });

  test("says which codec is missing", async () => {
    const lz4 = changed(batchAt(0, ["a"]), (batch) => batch.writeInt16BE(3, AT.ATTRIBUTES));
    await expect(readAll([lz4])).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("LZ4 compression not implemented"),
    });
  });
});
