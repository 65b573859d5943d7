/** One way to do a piece of work. */
export interface Contender {
  readonly name: string;
  /** Does the work so many times, and returns how many nanoseconds that took. */
  readonly run: (times: number) => number | Promise<number>;
  /** The fewest times for a turn to tell anything. Default: 1. */
  readonly fewest?: number;
}

/** How long a contender takes. */
export interface Measurement {
  readonly name: string;
  /** The median of the rounds, in nanoseconds. */
  readonly nanoseconds: number;
  /** Each round, in nanoseconds. */
  readonly rounds: readonly number[];
}

/** How thoroughly to measure. */
export interface Effort {
  /** Rounds that count; in each, every contender has its turn. */
  readonly rounds: number;
  /** Time that a turn is to take, in milliseconds. */
  readonly turn: number;
}

/** Turns that each contender has before those that count. */
const warmUpTurns = 8;

/**
 * The last result of any work; that it is kept, for all to see, stops the compiler from leaving work out.
 *
 * @public
 */
export let lastResult: unknown;

/**
 * A contender that does its work in this process.
 *
 * Processor time counts, garbage collection included, since what else the machine does adds nothing to it.
 */
export function contender(name: string, work: () => unknown): Contender {
  function run(times: number): number {
    const start = process.cpuUsage();
    for (let i = 0; i < times; i++) lastResult = work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) * 1000;
  }
  return { name, run };
}

/**
 * Measures contenders against one another, in turns, A B A B, so that whatever else the machine does hits all alike.
 *
 * A turn is long enough for the garbage that the work makes to be collected within it, as part of its price.
 * No collection is forced between turns: a full one throws away what the compiler has learned.
 */
export async function measure(contenders: readonly Contender[], effort: Effort): Promise<Measurement[]> {
  const lanes: Lane[] = [];
  for (const each of contenders) lanes.push({ each, times: await timesFor(each, effort.turn), samples: [] });
  for (let round = 0; round < effort.rounds; round++) {
    for (const { each, times, samples } of lanes) {
      samples.push((await each.run(times)) / times);
    }
  }
  return lanes.map(({ each, samples }) => ({
    name: each.name,
    nanoseconds: median(samples),
    rounds: samples,
  }));
}

interface Lane {
  readonly each: Contender;
  readonly times: number;
  readonly samples: number[];
}

/** How often the work fits into a turn, found by doing it for some turns, which also lets the compiler finish. */
async function timesFor(each: Contender, turn: number): Promise<number> {
  const goal = turn * 1e6;
  const { fewest = 1 } = each;
  let times = fewest;
  for (let spent = 0; spent < warmUpTurns * goal; ) {
    const taken = await each.run(times);
    spent += taken;
    times = Math.max(fewest, Math.min(10 * times, Math.ceil((times * goal) / taken)));
  }
  return times;
}

/** The value in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
