// A process that copies records from one topic to another, exactly once, until its standard input ends.
// Arguments: the URL, the group, the topics, options of the store as JSON, and "hold" if it is to wait for SIGCONT in
// each of its transactions. Prints a line for each event.

import { once } from "node:events";
import { EventyError } from "../../../src/record/index.js";
import type { Claim } from "../../../src/store/index.js";
import { PostgresqlStore } from "../../../src/store/postgresql/index.js";
import { copyNext } from "../records.js";

const [url = "", group = "", from = "", to = "", options = "{}", hold = ""] = process.argv.slice(2);
const store = new PostgresqlStore({ connectionString: url, ...JSON.parse(options) });
const member = await store.join({ group, topics: [from] });

process.stdin.resume();
void once(process.stdin, "end").then(() => member.leave());

const running: Promise<void>[] = [];
for await (const claim of member.claims()) {
  say("claim", claim.partition);
  running.push(handle(claim));
}
await Promise.all(running);
await store.close();
say("end");

async function handle(claim: Claim): Promise<void> {
  try {
    while (!claim.signal.aborted) {
      try {
        say("copied", claim.partition, await copyNext(claim, to, 50, hold === "" ? undefined : holdOn));
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

/** Holds a transaction open. */
async function holdOn(): Promise<void> {
  // A signal alone keeps no process alive, and its lease does.
  const continued = once(process, "SIGCONT");
  say("holds");
  await continued;
}

function say(...words: readonly (string | number)[]): void {
  process.stdout.write(`${words.join(" ")}\n`);
}
