import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Gauge, Reading } from "../gauge.js";
import type { Contender } from "../measure.js";

const slices = 30;
const mebibyte = 2 ** 20;

/** What was seen at the end of one slice of a long run. */
interface Slice {
  readonly nanoseconds: number;
  readonly heap: number;
  readonly rss: number;
}

/**
 * Handles so many records of one topic, slice by slice, and looks at what the memory does meanwhile.
 *
 * The first tenth of the run is left out: until then, the compiler and the caches of the database grow.
 */
export function longRun(contender: Contender, records: number): Gauge {
  return {
    title: `Memory: ${records.toLocaleString("en")} records through one topic, exactly once`,
    read: async () => {
      const seen: Slice[] = [];
      for (let i = 0; i < slices; i++) seen.push(await slice(contender, records / slices));
      return readings(seen);
    },
  };
}

async function slice(contender: Contender, records: number): Promise<Slice> {
  const nanoseconds = (await contender.run(records)) / records;
  collect();
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
  return { nanoseconds, heap: heapUsed + external + arrayBuffers, rss };
}

function readings(seen: readonly Slice[]): Reading[] {
  const early = seen[slices / 10] as Slice;
  const late = seen[slices - 1] as Slice;
  return [
    {
      name: "heap after collection, growth over the last nine tenths",
      value: (late.heap - early.heap) / mebibyte,
      unit: "MiB",
      limit: 4,
    },
    {
      name: "memory of the process, growth over the last nine tenths",
      value: (late.rss - early.rss) / mebibyte,
      unit: "MiB",
      limit: 64,
    },
    { name: "memory of the process at the end", value: late.rss / mebibyte, unit: "MiB" },
  ];
}

function collect(): void {
  setFlagsFromString("--expose-gc");
  const gc: () => void = runInNewContext("gc");
  gc();
}
