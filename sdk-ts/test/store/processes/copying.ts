import { once } from "node:events";
import { EventyError } from "../../../src/record/index.js";
import type { Claim, RecordStore, Transaction } from "../../../src/store/index.js";
import { copyNext } from "../records.js";

/** What a process copies. */
export interface Copying {
  readonly group: string;
  readonly from: string;
  readonly to: string;
  /** Happens in each of its transactions. */
  readonly work?: Transaction["work"];
}

/**
 * Copies records from one topic to another, exactly once, until the standard input ends, and closes the store.
 * Prints a line for each event.
 */
export async function copyUntilEnd(store: RecordStore, copying: Copying): Promise<void> {
  const member = await store.join({ group: copying.group, topics: [copying.from] });
  process.stdin.resume();
  void once(process.stdin, "end").then(() => member.leave());

  const running: Promise<void>[] = [];
  for await (const claim of member.claims()) {
    say("claim", claim.partition, Date.now());
    running.push(copyAll(claim, copying));
  }
  await Promise.all(running);
  await store.close();
  say("end");
}

async function copyAll(claim: Claim, { to, work }: Copying): Promise<void> {
  try {
    while (!claim.signal.aborted) {
      try {
        say("copied", claim.partition, await copyNext(claim, to, 50, work));
      } catch (error) {
        if (!(error instanceof EventyError)) throw error;
        say(error.code, claim.partition);
        if (error.code !== "STORE_UNAVAILABLE") return;
        claim.rewind();
      }
    }
  } finally {
    await claim.release();
    say("released", claim.partition);
  }
}

function say(...words: readonly (string | number)[]): void {
  process.stdout.write(`${words.join(" ")}\n`);
}
