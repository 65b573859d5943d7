import { expect, test } from "vitest";
import { Cluster } from "../../../src/store/kafka/client/cluster.js";
import { Connections } from "../../../src/store/kafka/client/connections.js";
import { AT } from "../../../src/store/kafka/log/batch-header.js";
import { LogReader } from "../../../src/store/kafka/log/log-reader.js";
import { settingsOf } from "../../../src/store/kafka/settings.js";
import { intercept } from "../../processing/intercept.js";
import { batchAt, changed, PARTITION, textsOf } from "./batches.js";

const LIMIT = { maxRecords: 500, maxBytes: 1024 };

/** A reader of a partition that is not at a broker. */
function readerOf(...log: readonly Buffer[]): LogReader {
  const cluster = new Cluster(settingsOf({ brokers: ["localhost:9092"] }));
  const answer = { log: Buffer.concat(log), aborted: [] };
  const connections = intercept(new Connections(cluster), { toLeader: async () => answer as never });
  return new LogReader(connections, PARTITION, 0);
}

test("a batch whose records cannot be read is never passed over, and hides none before it", async () => {
  const bad = changed(batchAt(2, ["c"]), (batch) => (batch[AT.RECORDS] = 0x7f));
  const reader = readerOf(batchAt(0, ["a", "b"]), bad, batchAt(3, ["d"]));
  const first = await reader.next(LIMIT, []);
  expect([textsOf(first), first.next]).toEqual([["a", "b"], 2]);
  for (let tries = 0; tries < 2; tries++) {
    await expect(reader.next(LIMIT, [])).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: "The batch at 2 of orders/3 has records that cannot be read.",
    });
  }
  await reader.close();
});
