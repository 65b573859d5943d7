import { once } from "node:events";

/** Waits until the standard input of this process ends, which it does when its parent says so, or is no more. */
export async function untilInputEnds(): Promise<void> {
  await once(process.stdin.resume(), "end");
}
