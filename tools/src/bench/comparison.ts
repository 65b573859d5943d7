import { type Contender, type Effort, measure } from "./measure.js";

/** What is compared: one of ours with what others do for the same work. */
export interface Comparison {
  readonly title: string;
  readonly ours: Contender;
  readonly rivals: readonly Rival[];
}

/** What ours is compared with. */
export interface Rival {
  readonly contender: Contender;
  /** How fast ours is to be, as a multiple of the rival's speed. */
  readonly target: number;
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
  readonly target: number;
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
    rivals: others.map(({ name, nanoseconds }, i) => {
      const ratio = nanoseconds / own.nanoseconds;
      const target = rivals[i]?.target ?? Number.NaN;
      return { name, nanoseconds, ratio, target, met: ratio >= target };
    }),
  };
}
