import { atLeastOnce, atMostOnce, exactlyOnce, type Guarantee } from "@eventy/sdk/processing";
import type { RecordStore } from "@eventy/sdk/store";
import type { Comparison, Rival } from "../comparison.js";
import type { Gauge } from "../gauge.js";
import type { Contender } from "../measure.js";
import { type Drain, drainContender } from "./drain.js";
import { appendDrain, eventyDrain } from "./eventy.js";
import { latency } from "./latency.js";
import { longRun } from "./long-run.js";

/** What is the same for every store that is measured, and what is not. */
export interface StoreBench {
  /** An empty store, of its own for each label. */
  readonly open: (label: string) => Promise<RecordStore>;
  /** What appends and looks at records while the app is measured that runs on a store. */
  readonly outside: (label: string, store: RecordStore) => Promise<RecordStore>;
  /** Others that handle records exactly once, or do as good as they can. */
  readonly rivals: readonly Rival[];
  /** Only appends, as fast as can be. */
  readonly bareAppend: Drain;
  /** Milliseconds that the 99th percentile of the latency is to be at most. */
  readonly latencyLimit?: number;
  readonly quick: boolean;
}

/** The cost of a record may grow by a fifth. */
const flat = 0.83;
const manyPartitions = 8;

/** The parts that every store has. */
export async function storeParts(bench: StoreBench): Promise<(Comparison | Gauge)[]> {
  async function ours(name: string, guarantee: Guarantee = exactlyOnce, partitions = 1): Promise<Contender> {
    const label = name.replaceAll(/\W+/g, "-");
    return drainContender(await eventyDrain(await bench.open(label), { label, guarantee, partitions }, name));
  }
  const eventy = await ours("eventy");
  const [small, large] = bench.quick ? [3_000, 300_000] : [10_000, 3_000_000];
  const long = await ours(`in a topic of ${large.toLocaleString("en")}`);
  const appending = await appendDrain(await bench.open("append"));
  const live = await bench.open("latency");
  return [
    { title: "Exactly once, each record has one output", ours: eventy, rivals: bench.rivals },
    {
      title: "Exactly once next to other guarantees",
      ours: eventy,
      rivals: [
        { contender: await ours("at least once", atLeastOnce) },
        { contender: await ours("at most once", atMostOnce) },
      ],
    },
    {
      title: "Exactly once on several partitions",
      ours: await ours(`${manyPartitions} partitions`, exactlyOnce, manyPartitions),
      rivals: [{ contender: eventy }],
    },
    {
      title: "Append, 500 records at a time",
      ours: drainContender(appending),
      rivals: [{ contender: drainContender(bench.bareAppend) }],
    },
    longRun(long, large),
    {
      title: "Exactly once, cost per record in a long topic",
      ours: long,
      rivals: [{ contender: await ours(`in a topic of ${small.toLocaleString("en")}`), target: flat }],
    },
    latency(live, await bench.outside("latency", live), bench.quick ? 100 : 400, bench.latencyLimit),
  ];
}
