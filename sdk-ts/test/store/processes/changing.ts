import { randomInt } from "node:crypto";
import type { Program } from "../../program.js";
import type { Copiers } from "./copiers.js";

const PROCESSES = 3;
const CHANGES = 8;

/** Processes that join, leave, die, and are stopped until they are taken for dead, at random, while there is work. */
export async function expectCopiesWhileChanging(
  copiers: Copiers,
  { partitions, records }: { readonly partitions: number; readonly records: number },
): Promise<void> {
  const seed = randomInt(2 ** 31);
  console.log(`seed ${seed}`);
  const random = generator(seed);
  await copiers.createTopics(partitions);
  const living: Program[] = [];
  for (let change = 0; change < CHANGES; change++) {
    await copiers.feed(records);
    const [one] = living.length === PROCESSES ? living.splice(random(PROCESSES), 1) : [];
    if (one !== undefined) {
      const way = random(3);
      if (way === 0) await one.end();
      else if (way === 1) await one.kill();
      else {
        one.signal("SIGSTOP");
        const before = living.map(({ lines }) => lines.length);
        await copiers.feed(10);
        await Promise.all(living.map((other, index) => other.hears("copied", before[index])));
        one.signal("SIGCONT");
        await one.end();
      }
    }
    const process = copiers.start();
    living.push(process);
    await process.hears("claim");
  }
  await copiers.expectCopies();
}

/** Whole numbers below a bound, the same ones for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
