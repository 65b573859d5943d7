import { describe, expect, it } from "vitest";
import { parseRequest } from "../../../src/faults/kafka/requests.js";
import { Writer } from "../../../src/kafka/writer.js";

/** The header of a request, with tagged fields if it is of a version that has them. */
function header(key: number, version: number, isFlexible = false): Writer {
  const writer = new Writer().int16(key).int16(version).int32(7).string("client");
  return isFlexible ? writer.noTags() : writer;
}

const TRANSACTION = "eventy:orders:t:0";

describe("a request of Kafka's protocol", () => {
  it("is a commit if it ends a transaction to keep what is in it", () => {
    for (const isCommitted of [true, false]) {
      const old = header(26, 1).string(TRANSACTION).int64(1).int16(0).boolean(isCommitted);
      const flexible = header(26, 3, true)
        .compactString(TRANSACTION)
        .int64(1)
        .int16(0)
        .boolean(isCommitted)
        .noTags();
      for (const { bytes } of [old, flexible]) {
        const { kinds, transactionalId } = parseRequest(bytes, false);
        expect(kinds).toEqual([isCommitted ? "commit" : "statement", "EndTxn"]);
        expect(transactionalId).toBe(TRANSACTION);
      }
    }
  });

  it("commits by itself if it writes outside of a transaction", () => {
    const produce = (id: string | null, acks: number): Buffer => {
      const writer = header(0, 7).string(id).int16(acks).int32(100);
      return writer.int32(1).string("t").int32(1).int32(0).int32(3).raw(Buffer.from("abc")).bytes;
    };
    const alone = parseRequest(produce(null, -1), false);
    expect(alone).toMatchObject({ kinds: ["autocommit", "Produce"], topics: ["t"], isUnanswered: false });
    const within = parseRequest(produce(TRANSACTION, 0), false);
    expect(within).toMatchObject({ kinds: ["statement", "Produce"], isUnanswered: true });
    expect(within.transactionalId).toBe(TRANSACTION);
  });

  it("names the topics that come into a transaction, whichever version it has", () => {
    const old = header(24, 1).string(TRANSACTION).int64(1).int16(0);
    old.int32(2).string("a").int32(2).int32(0).int32(1).string("b").int32(0);
    const flexible = header(24, 3, true).compactString(TRANSACTION).int64(1).int16(0);
    flexible.compactArray(["a", "b"], (topic) =>
      flexible
        .compactString(topic)
        .compactArray([0, 1], (partition) => flexible.int32(partition))
        .noTags(),
    );
    for (const { bytes } of [old, flexible]) expect(parseRequest(bytes, false).topics).toEqual(["a", "b"]);
  });

  it("names its group", () => {
    expect(parseRequest(header(12, 3).string("orders").bytes, false).group).toBe("orders");
    const commit = header(8, 8, true).compactString("orders").bytes;
    expect(parseRequest(commit, false)).toMatchObject({
      kinds: ["autocommit", "OffsetCommit"],
      group: "orders",
    });
    const fetch = header(9, 9, true);
    fetch.compactArray(["orders"], (group) => fetch.compactString(group));
    expect(parseRequest(fetch.bytes, false).group).toBe("orders");
  });

  it("names the member for which it commits an offset in a transaction", () => {
    const commit = header(28, 3, true).compactString(TRANSACTION).compactString("orders").int64(1).int16(0);
    commit.int32(5).compactString("librdkafka-1");
    expect(parseRequest(commit.bytes, false)).toMatchObject({ group: "orders", member: "librdkafka-1" });
    const old = header(28, 2).string(TRANSACTION).string("orders").int64(1).int16(0);
    expect(parseRequest(old.bytes, false).member).toBeUndefined();
  });

  it("begins a connection, and need not be known", () => {
    expect(parseRequest(header(18, 2).bytes, true).kinds).toEqual(["startup", "statement", "ApiVersions"]);
    expect(parseRequest(header(999, 0).bytes, true)).toMatchObject({
      kinds: ["startup", "statement"],
      correlationId: 7,
    });
  });
});
