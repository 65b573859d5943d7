import fc from "fast-check";
import type { CaseContext } from "../case.js";
import { Failure } from "../failure.js";

/** How long what breaks a property is shrunk: each try may take until the time-out of the testee. */
const SHRINKING_MS = 15_000;

/**
 * Tries a property through the testee, and shrinks what breaks it.
 *
 * @param show the smallest counterexample, for people: what the testee was asked, one line each
 * @param examples what is tried first
 * @throws Failure with the smallest counterexample.
 */
export async function checkProperty<T>(
  { testee, seed, runs, progress, signal }: CaseContext,
  arbitrary: fc.Arbitrary<T>,
  check: (sample: T) => Promise<void>,
  show: (sample: T) => readonly string[],
  examples: readonly T[] = [],
): Promise<void> {
  let done = 0;
  let failedAt: number | undefined;
  const property = fc.asyncProperty(arbitrary, async (sample) => {
    signal.throwIfAborted();
    // What passes ends the shrinking.
    if (failedAt !== undefined && performance.now() - failedAt > SHRINKING_MS) return;
    try {
      await check(sample);
      progress(Math.min(++done, runs), runs);
    } catch (error) {
      failedAt ??= performance.now();
      // What comes next is to be tried on a process that lives.
      if (error instanceof Failure && isDeath(error)) await testee.restart();
      throw error;
    }
  });
  const outcome = await fc.check(property, {
    seed,
    numRuns: runs + examples.length,
    examples: examples.map((example): [T] => [example]),
  });
  if (!outcome.failed) return;
  const { errorInstance: error, counterexample, numShrinks } = outcome;
  if (!(error instanceof Failure) || counterexample === null) throw error;
  const { anomaly, message, expected, actual, requirement } = error;
  throw new Failure(anomaly, `${message} (smallest of ${numShrinks + 1} counterexamples)`, {
    ...(requirement === undefined ? {} : { requirement }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    history: show(counterexample[0]),
    cause: error,
  });
}

function isDeath({ anomaly }: Failure): boolean {
  return anomaly === "CRASHED" || anomaly === "TIMED-OUT";
}
