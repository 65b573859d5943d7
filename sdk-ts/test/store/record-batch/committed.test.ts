import { describe, expect, test } from "vitest";
import { AT, ATTRIBUTE } from "../../../src/store/kafka/log/batch-header.js";
import { encodeBatch, NOBODY } from "../../../src/store/kafka/log/encode-batch.js";
import { batchAt, changed, marker, readAll, textsOf } from "./batches.js";

describe("what is read committed", () => {
  test("passes over markers, and ends behind them", async () => {
    const read = await readAll([batchAt(0, ["a", "b"], 7), marker(2, 7, "commit")]);
    expect([textsOf(read), read.next]).toEqual([["a", "b"], 3]);
    const markers = await readAll([marker(5, 7, "commit"), marker(6, 8, "abort")], { from: 5 });
    expect([textsOf(markers), markers.next]).toEqual([[], 7]);
  });

  test("passes over aborted transactions, up to their markers", async () => {
    const read = await readAll(
      [
        batchAt(0, ["lost"], 7),
        batchAt(1, ["a"], 8),
        batchAt(2, ["b"]),
        batchAt(3, ["lost", "lost"], 7),
        marker(5, 8, "commit"),
        marker(6, 7, "abort"),
        batchAt(7, ["c"], 7),
        marker(8, 7, "commit"),
      ],
      { aborted: [{ producerId: 7, firstOffset: 0 }] },
    );
    expect([textsOf(read), read.next]).toEqual([["a", "b", "c"], 9]);
  });

  test("knows several aborted transactions of one producer, in any order", async () => {
    const read = await readAll(
      [
        batchAt(0, ["lost"], 7),
        marker(1, 7, "abort"),
        batchAt(2, ["a"], 7),
        marker(3, 7, "commit"),
        batchAt(4, ["lost"], 7),
        batchAt(5, ["lost"], 9),
        marker(6, 7, "abort"),
        marker(7, 9, "abort"),
      ],
      {
        aborted: [
          { producerId: 9, firstOffset: 5 },
          { producerId: 7, firstOffset: 4 },
          { producerId: 7, firstOffset: 0 },
        ],
      },
    );
    expect([textsOf(read), read.next]).toEqual([["a"], 8]);
  });

  test("begins in the middle of an aborted transaction", async () => {
    const read = await readAll([batchAt(4, ["lost"], 7), marker(5, 7, "abort"), batchAt(6, ["a"], 7)], {
      from: 4,
      aborted: [{ producerId: 7, firstOffset: 1 }],
    });
    expect(textsOf(read)).toEqual(["a"]);
  });

  test("passes over markers that compaction has emptied", async () => {
    const emptied = (offset: number, producerId: number): Buffer =>
      changed(batchAt(offset, [], producerId), (batch) => {
        batch.writeInt16BE(ATTRIBUTE.TRANSACTIONAL | ATTRIBUTE.CONTROL, AT.ATTRIBUTES);
        batch.writeInt32BE(0, AT.LAST_OFFSET_DELTA);
      });
    const read = await readAll(
      [batchAt(0, ["lost"], 7), emptied(1, 7), batchAt(2, ["a"], 7), emptied(3, 7), emptied(4, 8)],
      { aborted: [{ producerId: 7, firstOffset: 0 }] },
    );
    expect([textsOf(read), read.next]).toEqual([["a"], 5]);
  });

  test("has records of the producer that are in no transaction", async () => {
    const producer = { ...NOBODY, producerId: "7", isTransactional: false };
    const plain = encodeBatch([{ topic: "orders", key: null, value: Buffer.from("a") }], producer);
    expect(textsOf(await readAll([plain], { aborted: [{ producerId: 7, firstOffset: 0 }] }))).toEqual(["a"]);
  });

  test("takes no record for a marker because of its key", async () => {
    for (const key of ["\0\0\0\0", "\0\0\0\u0001"]) {
      const producer = { ...NOBODY, producerId: "7", isTransactional: true };
      const batch = encodeBatch([{ topic: "orders", key, value: Buffer.from("a") }], producer);
      const read = await readAll([batch, batchAt(1, ["b"], 7), marker(2, 7, "commit")]);
      expect(textsOf(read)).toEqual(["a", "b"]);
      expect(read.records[0]?.key).toBe(key);
    }
  });
});
