// A process that copies records from one topic to another, exactly once, until its standard input ends.
// Arguments: the brokers, the group, the topics, and options of the store as JSON. Prints a line for each event.

import { once } from "node:events";
import { EventyError } from "../../../src/record/index.js";
import type { Claim } from "../../../src/store/index.js";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { copyNext } from "../records.js";

const [brokers = "", group = "", from = "", to = "", options = "{}"] = process.argv.slice(2);
const store = new KafkaStore({ brokers: brokers.split(","), ...JSON.parse(options) });
const member = await store.join({ group, topics: [from] });

process.stdin.resume();
void once(process.stdin, "end").then(() => member.leave());

const running: Promise<void>[] = [];
for await (const claim of member.claims()) {
  say("claim", claim.partition, Date.now());
  running.push(handle(claim));
}
await Promise.all(running);
await store.close();
say("end");

async function handle(claim: Claim): Promise<void> {
  try {
    while (!claim.signal.aborted) {
      try {
        say("copied", claim.partition, await copyNext(claim, to, 50));
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
