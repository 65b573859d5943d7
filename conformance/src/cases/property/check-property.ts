import fc from "fast-check";
import type { CaseContext } from "../case.js";
import { Failure } from "../failure.js";

/** How long a property may go on shrinking. */
const TIME_LIMIT_MS = 15_000;

/**
 * Tries a property through the testee, and shrinks what breaks it.
 *
 * @param show the smallest counterexample, for people: what the testee was asked, one line each
 * @throws Failure with the smallest counterexample.
 */
export async function checkProperty<T>(
  { testee, seed, runs, progress, signal }: CaseContext,
  arbitrary: fc.Arbitrary<T>,
  check: (sample: T) => Promise<void>,
  show: (sample: T) => readonly string[],
): Promise<void> {
  let done = 0;
  const property = fc.asyncProperty(arbitrary, async (sample) => {
    signal.throwIfAborted();
    try {
      await check(sample);
      progress(Math.min(++done, runs), runs);
    } catch (error) {
      // What comes next is to be tried on a process that lives.
      if (error instanceof Failure && isDeath(error)) await testee.restart();
      throw error;
    }
  });
  const outcome = await fc.check(property, {
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: TIME_LIMIT_MS,
    markInterruptAsFailure: false,
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
