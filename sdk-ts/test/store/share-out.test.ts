import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partitionName } from "../../src/store/index.js";
import { shareOut } from "../../src/store/share-out.js";

interface Member {
  readonly name: string;
  readonly topics: readonly string[];
}

const members = (...names: readonly string[]): Member[] => names.map((name) => ({ name, topics: ["t"] }));
const partitions = (count: number) =>
  Array.from({ length: count }, (_, partition) => ({ topic: "t", partition }));

/** Owners by name of the partition, after a share. */
function share(
  count: number,
  all: readonly Member[],
  owners: ReadonlyMap<string, Member>,
): Map<string, Member> {
  return shareOut(partitions(count), all, (name) => owners.get(name));
}

describe("shareOut", () => {
  it("gives what nobody has to those who have least", () => {
    const [a, b] = members("a", "b");
    const shares = share(3, members("a", "b"), new Map());
    expect([...shares.values()].map(({ name }) => name).join()).toBe([a?.name, b?.name, a?.name].join());
  });

  it("takes as few as it can from who has more", () => {
    const [a, b] = members("a", "b") as [Member, Member];
    const owners = new Map(partitions(4).map((partition) => [partitionName(partition), b]));
    const shares = share(4, [a, b], owners);
    expect([0, 1, 2, 3].map((partition) => shares.get(`t/${partition}`)?.name)).toEqual(["a", "a", "b", "b"]);
  });

  it("leaves out what nobody reads", () => {
    const [a] = members("a") as [Member];
    expect(shareOut([{ topic: "u", partition: 0 }], [a], () => undefined).size).toBe(0);
  });

  it("is even, moves no more than it has to, and then rests", () => {
    const arbitrary = fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.option(fc.nat({ max: 7 })), { minLength: 1, maxLength: 30 }),
    );
    fc.assert(
      fc.property(arbitrary, ([count, owned]) => {
        const all = members(...Array.from({ length: count }, (_, index) => `m${index}`));
        // Some of the owners are gone.
        const owners = new Map(
          owned.flatMap((index, partition) => {
            const owner = index === null ? undefined : all[index];
            return owner === undefined ? [] : [[`t/${partition}`, owner] as const];
          }),
        );
        const shares = share(owned.length, all, owners);
        const held = all.map((member) => [...shares.values()].filter((one) => one === member).length);
        expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
        // Who had no more than an even share keeps all of it.
        for (const member of all) {
          const before = [...owners].filter(([, owner]) => owner === member).map(([name]) => name);
          const kept = before.filter((name) => shares.get(name) === member).length;
          expect(kept).toBeGreaterThanOrEqual(Math.min(before.length, Math.floor(owned.length / count)));
        }
        expect(share(owned.length, all, shares)).toEqual(shares);
      }),
    );
  });
});
