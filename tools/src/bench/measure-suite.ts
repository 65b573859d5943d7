import { type Comparison, compare, type Outcome } from "./comparison.js";
import type { Gauge, GaugeOutcome } from "./gauge.js";
import type { Effort } from "./measure.js";
import type { Suite } from "./suite.js";

/** What came out of one part of a suite. */
export type PartOutcome = Outcome | GaugeOutcome;

/** Takes the parts of a suite one after the other, and says on stderr which one it is at. */
export async function measureSuite(suite: Suite, effort: Effort): Promise<PartOutcome[]> {
  const outcomes: PartOutcome[] = [];
  for (const part of suite.parts) {
    console.error(`Measuring ${part.title} …`);
    outcomes.push(await measurePart(part, effort));
  }
  return outcomes;
}

async function measurePart(part: Comparison | Gauge, effort: Effort): Promise<PartOutcome> {
  return "read" in part ? { title: part.title, readings: await part.read() } : compare(part, effort);
}
