import { type Contender, type Effort, type Measurement, measure, median } from "./measure.js";

/** What is compared: one of ours with what others do for the same work. */
export interface Comparison {
  readonly title: string;
  readonly ours: Contender;
  readonly rivals: readonly Rival[];
}

/** What ours is compared with. */
export interface Rival {
  readonly contender: Contender;
  /** How fast ours is to be, as a multiple of the rival's speed. None: it is shown for comparison only. */
  readonly target?: number;
}

/** What came out of one comparison. */
export interface Outcome {
  readonly title: string;
  readonly name: string;
  readonly nanoseconds: number;
  readonly rivals: readonly RivalOutcome[];
}

/** How ours did against one rival. */
export interface RivalOutcome {
  readonly name: string;
  readonly nanoseconds: number;
  /** The speed of ours as a multiple of the rival's. */
  readonly ratio: number;
  readonly target?: number;
  /** True where there is no target. */
  readonly met: boolean;
}

/** Measures one comparison. */
export async function compare({ title, ours, rivals }: Comparison, effort: Effort): Promise<Outcome> {
  const [own, ...others] = await measure([ours, ...rivals.map((rival) => rival.contender)], effort);
  if (own === undefined) throw new Error("measure returned nothing");
  return {
    title,
    name: own.name,
    nanoseconds: own.nanoseconds,
    rivals: others.map((other, i) => {
      const ratio = ratioOf(own, other);
      const target = rivals[i]?.target;
      const { name, nanoseconds } = other;
      if (target === undefined) return { name, nanoseconds, ratio, met: true };
      return { name, nanoseconds, ratio, target, met: ratio >= target };
    }),
  };
}

/** Turns of one round are next to each other in time, so each is compared with its neighbour before the median is taken. */
function ratioOf(own: Measurement, other: Measurement): number {
  return median(other.rounds.map((nanoseconds, round) => nanoseconds / (own.rounds[round] ?? Number.NaN)));
}
