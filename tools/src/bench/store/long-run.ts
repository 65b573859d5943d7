import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Gauge, Reading } from "../gauge.js";
import { type Contender, median } from "../measure.js";

const slices = 30;
const mebibyte = 2 ** 20;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** The memory at the end of a slice of a long run, after collection, in bytes. */
interface Memory {
  readonly heap: number;
  readonly process: number;
}

/** Handles so many records of one topic, slice by slice, and looks at what the memory does meanwhile. */
export function longRun(contender: Contender, records: number): Gauge {
  return {
    title: `Memory: ${records.toLocaleString("en")} records through one topic, exactly once`,
    read: async () => {
      const seen: Memory[] = [];
      for (let i = 0; i < slices; i++) {
        await contender.run(records / slices);
        seen.push(memory());
      }
      return readings(seen);
    },
  };
}

function memory(): Memory {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, process: rss };
}

/** The second third against the last one: in the first, the compiler and the caches of the database grow. */
function readings(seen: readonly Memory[]): Reading[] {
  const third = slices / 3;
  const [before, after] = [seen.slice(third, 2 * third), seen.slice(2 * third)];
  function growth(part: keyof Memory): number {
    return (median(after.map((each) => each[part])) - median(before.map((each) => each[part]))) / mebibyte;
  }
  return [
    {
      name: "heap after collection, growth from the second third to the last",
      value: growth("heap"),
      unit: "MiB",
      limit: 2,
    },
    { name: "memory of the process, likewise", value: growth("process"), unit: "MiB", limit: 32 },
    { name: "memory of the process at the end", value: (seen.at(-1)?.process ?? 0) / mebibyte, unit: "MiB" },
  ];
}
