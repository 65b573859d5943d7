import { expect, test } from "vitest";
import type { StoredRecord } from "../../../src/store/index.js";
import { LatestValues } from "../../../src/store/kafka/latest-values.js";

const PARTITION = { topic: "changelog", partition: 0 };

/** A record of a changelog, whose value is a view on other bytes. */
function recordAt(offset: number, key: string, answer: Buffer): StoredRecord {
  return { ...PARTITION, offset, key, value: answer.subarray(1, 3), headers: {}, appendedAt: 0 };
}

test("what is kept of a value does not keep the answer that it came with", async () => {
  const answer = Buffer.alloc(1024 * 1024, "v");
  const values = new LatestValues(
    {
      bounds: async () => ({ begin: 0, end: 1 }),
      read: async () => ({ records: [recordAt(0, "k", answer)], next: 1 }),
    },
    PARTITION,
  );
  const value = (await values.read()).get("k")?.value;
  expect(Buffer.from(value ?? []).toString()).toBe("vv");
  expect(value?.buffer.byteLength).toBe(2);
});

test("an end that has gone back is not waited for", async () => {
  const ends = [3, 3, 2];
  const values = new LatestValues(
    {
      bounds: async () => ({ begin: 0, end: ends.shift() ?? 2 }),
      read: async (_, offset) =>
        offset < 2
          ? { records: [recordAt(offset, `k${offset}`, Buffer.from("vvv"))], next: offset + 1 }
          : { records: [], next: offset },
    },
    PARTITION,
  );
  for (let tries = 0; tries < 2; tries++) {
    await expect(values.read()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  }
  expect([...(await values.read()).keys()]).toEqual(["k0", "k1"]);
});
