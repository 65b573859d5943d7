import assert from "node:assert/strict";

/** Milliseconds after which something that is waited for will not come: a store that is only slow is quicker. */
const LONG = 60_000;

/** What a promise gives; fails if it does not settle in time. */
export async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new assert.AssertionError({ message: `waited in vain for ${what}` })),
      LONG,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until a condition holds. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + LONG;
  while (!(await condition())) {
    assert(performance.now() < deadline, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Waits until a signal has aborted. */
export async function aborted(signal: AbortSignal, what: string): Promise<void> {
  await until(() => signal.aborted, what);
}
