/**
 * A process that has a store open, to be killed: `hold FILE` only has it; `work FILE` copies the records of `in` to
 * `out`, appends to `plain` beside that, and writes a line for each thing that the store said was durable.
 */
import { writeSync } from "node:fs";
import type { Claim } from "../../../src/store/index.js";
import { SqliteStore } from "../../../src/store/sqlite/index.js";

const [, , mode, file = ""] = process.argv;

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function copy(claim: Claim): Promise<void> {
  for (;;) {
    const batch = await claim.fetch({ maxRecords: 3 });
    await claim.commit({
      acknowledge: batch.next,
      records: batch.records.map(({ key, value }) => ({ topic: "out", key, value })),
      state: [{ state: "count", key: "next", value: Buffer.from(`${batch.next}`) }],
    });
    say(`acknowledged ${batch.next}`);
  }
}

async function append(store: SqliteStore): Promise<void> {
  for (;;) {
    const [position] = await store.append([{ topic: "plain", key: null, value: Buffer.from("x") }]);
    say(`appended ${position?.offset}`);
  }
}

const store = new SqliteStore(file);
say("open");
if (mode === "hold") setInterval(() => undefined, 1000);
else {
  const member = await store.join({ group: "g", topics: ["in"] });
  const { value: claim } = await member.claims().next();
  await Promise.all([copy(claim), append(store)]);
}
