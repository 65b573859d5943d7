import type { Contender } from "../measure.js";

/** Work on a store: records that wait there, and what handles all of them. */
export interface Drain {
  readonly name: string;
  /** Has so many records wait. */
  readonly fill: (records: number) => Promise<void>;
  /** Handles all that wait. */
  readonly drain: (records: number) => Promise<void>;
  /** How many records there are to be in a turn at least. Default: 20,000. */
  readonly fewest?: number;
}

/**
 * A contender that handles what waits in a store.
 *
 * The time on the clock counts, and not that of the processor, since stores wait for disks and servers. Filling is not
 * part of it.
 */
export function drainContender(work: Drain): Contender {
  async function run(times: number): Promise<number> {
    await work.fill(times);
    const start = process.hrtime.bigint();
    await work.drain(times);
    return Number(process.hrtime.bigint() - start);
  }
  return { name: work.name, run, fewest: work.fewest ?? fewest };
}

/** So many that starting and ending, which each turn does, count for little. */
const fewest = 20_000;

/** The size of batches that all contenders use. */
export const batchSize = 500;

/** Calls for each batch of so many records. */
export async function inBatches(
  records: number,
  work: (size: number) => Promise<void> | void,
): Promise<void> {
  for (let left = records; left > 0; left -= batchSize) await work(Math.min(left, batchSize));
}
