import { describe, expect, test } from "vitest";
import { decodeAssignment, encodeAssignment } from "../../../../src/store/kafka/group/assignment.js";
import { decodeSubscription, encodeSubscription } from "../../../../src/store/kafka/group/subscription.js";

const orders = [
  { topic: "orders", partition: 0 },
  { topic: "orders", partition: 258 },
];
// `[topic [partition]]` with these two.
const ordersHex = "00000001 0006 6f7264657273 00000002 00000000 00000102";

function bytes(...parts: readonly string[]): Buffer {
  return Buffer.from(parts.join("").replaceAll(" ", ""), "hex");
}

describe("subscription", () => {
  const known = bytes("0001", "00000002 0006 6f7264657273 0002 c3a9", "ffffffff", ordersHex);

  test("is written as Kafka's own consumers do", () => {
    expect(encodeSubscription({ topics: ["orders", "é"], owned: orders })).toEqual(known);
  });

  test("is read again", () => {
    expect(decodeSubscription(known)).toEqual({ topics: ["orders", "é"], owned: orders });
  });

  test("of version 0 owns nothing", () => {
    const old = bytes("0000", "00000001 0001 61", "00000003 010203");
    expect(decodeSubscription(old)).toEqual({ topics: ["a"], owned: [] });
  });

  test("of a later version has more behind it", () => {
    const later = bytes("0003", "00000001 0001 61", "00000000", ordersHex, "00000007", "0004 7261636b");
    expect(decodeSubscription(later)).toEqual({ topics: ["a"], owned: orders });
  });

  test("that ends too early is refused", () => {
    expect(() => decodeSubscription(known.subarray(0, 8))).toThrow(RangeError);
  });
});

describe("assignment", () => {
  const known = bytes("0001", ordersHex, "ffffffff");

  test("is written as Kafka's own consumers do", () => {
    expect(encodeAssignment(orders)).toEqual(known);
  });

  test("is read again, also with user data and of other versions", () => {
    expect(decodeAssignment(known)).toEqual(orders);
    expect(decodeAssignment(bytes("0003", ordersHex, "00000002 abcd"))).toEqual(orders);
  });

  test("of nothing is empty, in each of its forms", () => {
    expect(decodeAssignment(Buffer.alloc(0))).toEqual([]);
    expect(decodeAssignment(encodeAssignment([]))).toEqual([]);
  });
});
