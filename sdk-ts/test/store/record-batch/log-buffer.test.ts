import { expect, test } from "vitest";
import { LogBuffer } from "../../../src/store/kafka/log/log-buffer.js";
import { batchAt, PARTITION, preparedOf } from "./batches.js";
import { encodeWithKafkaJs } from "./kafkajs.js";

test("what comes late does not lead back to what was skipped", async () => {
  const buffer = new LogBuffer(PARTITION, 0);
  buffer.skipTo(3);
  buffer.add(await preparedOf([batchAt(0, ["a", "b"])]));
  expect([buffer.peek(), buffer.position, buffer.end]).toEqual([undefined, 3, 3]);
  buffer.add(await preparedOf([batchAt(0, ["a", "b", "c", "d", "e"])]));
  expect([buffer.peek()?.offset, buffer.end]).toEqual([3, 5]);
});

test("what is read ahead counts as it is in memory, not as it is compressed", async () => {
  const value = Buffer.alloc(100_000);
  const compressed = await encodeWithKafkaJs([{ key: null, value, headers: {} }], { now: 1, compression: 1 });
  expect(compressed.length).toBeLessThan(1000);
  const buffer = new LogBuffer(PARTITION, 0);
  buffer.add(await preparedOf([compressed]));
  expect(buffer.isBelow({ maxRecords: 500, maxBytes: 200_000 })).toBe(true);
  expect(buffer.isBelow({ maxRecords: 500, maxBytes: 100_000 })).toBe(false);
});
