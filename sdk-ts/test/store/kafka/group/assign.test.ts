import { describe, expect, test } from "vitest";
import { assign, type Subscriber } from "../../../../src/store/kafka/group/assign.js";
import { partitionName, type TopicPartition } from "../../../../src/store/stored-record.js";

function partitions(count: number, topic = "t"): TopicPartition[] {
  return Array.from({ length: count }, (_, partition) => ({ topic, partition }));
}

function member(memberId: string, owned: readonly number[] = [], topics = ["t"]): Subscriber {
  return { memberId, topics, owned: owned.map((partition) => ({ topic: topics[0] ?? "", partition })) };
}

/** Names of partitions by member. */
function assigned(all: readonly TopicPartition[], members: readonly Subscriber[]): Record<string, string> {
  const shares = [...assign(all, members)];
  return Object.fromEntries(
    shares.map(([{ memberId }, own]) => [memberId, own.map(partitionName).sort().join(" ")]),
  );
}

describe("assign", () => {
  test("one member gets everything, and so does nobody else", () => {
    expect(assigned(partitions(2), [member("a")])).toEqual({ a: "t/0 t/1" });
  });

  test("what is to change hands is nobody's until its owner has given it up", () => {
    const first = assigned(partitions(4), [member("a", [0, 1, 2, 3]), member("b")]);
    expect(first).toEqual({ a: "t/2 t/3", b: "" });
    const second = assigned(partitions(4), [member("a", [2, 3]), member("b")]);
    expect(second).toEqual({ a: "t/2 t/3", b: "t/0 t/1" });
  });

  test("does not depend on the order of members", () => {
    const members = [member("b"), member("a"), member("c")];
    expect(assigned(partitions(5), members)).toEqual(assigned(partitions(5), [...members].reverse()));
  });

  test("a partition that two say they own is for neither", () => {
    expect(assigned(partitions(2), [member("a", [0]), member("b", [0, 1])])).toEqual({ a: "", b: "t/1" });
  });

  test("members get only what they read", () => {
    const all = [...partitions(2, "t"), ...partitions(2, "u")];
    expect(assigned(all, [member("a", [], ["t"]), member("b", [], ["u"])])).toEqual({
      a: "t/0 t/1",
      b: "u/0 u/1",
    });
  });

  test("what a member owns and does not read any more stays nobody's for the time being", () => {
    const leaving = { ...member("a", [0]), topics: [] };
    expect(assigned(partitions(2), [leaving, member("b", [1])])).toEqual({ a: "", b: "t/1" });
  });
});
