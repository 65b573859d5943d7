import { expect, test } from "vitest";
import { compare } from "../../src/bench/comparison.js";
import { type Contender, measure } from "../../src/bench/measure.js";

const effort = { rounds: 3, turn: 1 };

/** A contender whose work always takes the same time, and that writes down when it had its turn. */
function steady(name: string, nanoseconds: number, turns: string[] = []): Contender {
  function run(times: number): number {
    turns.push(name);
    return times * nanoseconds;
  }
  return { name, run };
}

test("contenders take turns", async () => {
  const turns: string[] = [];
  await measure([steady("a", 1000, turns), steady("b", 2000, turns)], effort);
  expect(turns.slice(-6)).toEqual(["a", "b", "a", "b", "a", "b"]);
});

test("a turn takes about as long as it is to take", async () => {
  const sizes: number[] = [];
  function run(times: number): number {
    sizes.push(times);
    return times * 1000;
  }
  await measure([{ name: "a", run }], effort);
  expect(sizes.slice(-3)).toEqual([1000, 1000, 1000]);
});

test("the median turn counts", async () => {
  let turns = 0;
  // Any three turns in a row hold exactly one that was disturbed.
  const disturbed: Contender = { name: "a", run: (times) => times * (turns++ % 3 === 0 ? 9000 : 1000) };
  const [measurement] = await measure([disturbed], effort);
  expect(measurement?.nanoseconds).toBe(1000);
});

test("a ratio is the speed of ours as a multiple of the rival's", async () => {
  const outcome = await compare(
    {
      title: "work",
      ours: steady("ours", 1000),
      rivals: [
        { contender: steady("slow", 4000), target: 4 },
        { contender: steady("fast", 500), target: 0.6 },
      ],
    },
    effort,
  );
  expect(outcome.rivals).toEqual([
    { name: "slow", nanoseconds: 4000, ratio: 4, target: 4, met: true },
    { name: "fast", nanoseconds: 500, ratio: 0.5, target: 0.6, met: false },
  ]);
});

test("a ratio compares neighbours, so that a machine that gets slower changes nothing", async () => {
  let load = 1;
  function slowing(name: string, nanoseconds: number): Contender {
    return { name, run: (times) => times * nanoseconds * load++ };
  }
  const comparison = {
    title: "work",
    ours: slowing("ours", 1e6),
    rivals: [{ contender: slowing("rival", 1e6) }],
  };
  const { rivals } = await compare(comparison, { rounds: 101, turn: 1 });
  expect(rivals[0]?.ratio).toBeCloseTo(1, 1);
  expect(rivals[0]?.met).toBe(true);
});
