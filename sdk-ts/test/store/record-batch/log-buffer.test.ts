import { expect, test } from "vitest";
import { LogBuffer } from "../../../src/store/kafka/log/log-buffer.js";
import { batchAt, PARTITION, preparedOf } from "./batches.js";

test("what comes late does not lead back to what was skipped", async () => {
  const buffer = new LogBuffer(PARTITION, 0);
  buffer.skipTo(3);
  buffer.add(await preparedOf([batchAt(0, ["a", "b"])]));
  expect([buffer.peek(), buffer.position, buffer.end]).toEqual([undefined, 3, 3]);
  buffer.add(await preparedOf([batchAt(0, ["a", "b", "c", "d", "e"])]));
  expect([buffer.peek()?.offset, buffer.end]).toEqual([3, 5]);
});
