import { setImmediate } from "node:timers/promises";

/** Work that never waits keeps timers, signals and sockets waiting: no longer than this, in milliseconds. */
const AT_MOST = 10;

let last = 0;

/** Lets the process do something else, if it is time. */
export async function breathe(): Promise<void> {
  if (performance.now() - last < AT_MOST) return;
  await setImmediate();
  last = performance.now();
}
