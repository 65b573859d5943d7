import { type Comparison, compare, type Outcome } from "./comparison.js";
import type { Gauge, GaugeOutcome } from "./gauge.js";
import type { Effort } from "./measure.js";
import type { Suite } from "./suite.js";

/** What came out of one part of a suite. */
export type PartOutcome = Outcome | GaugeOutcome;

/**
 * Takes the parts of a suite one after the other, and says on stderr which one it is at.
 *
 * @param text Only parts with this text in their titles are taken.
 */
export async function measureSuite(suite: Suite, text: string, effort: Effort): Promise<PartOutcome[]> {
  const outcomes: PartOutcome[] = [];
  for (const part of suite.parts.filter(({ title }) => title.includes(text))) {
    console.error(`Measuring ${part.title} …`);
    outcomes.push(await measurePart(part, effort));
  }
  return outcomes;
}

async function measurePart(part: Comparison | Gauge, effort: Effort): Promise<PartOutcome> {
  return "read" in part ? { title: part.title, readings: await part.read() } : compare(part, effort);
}
