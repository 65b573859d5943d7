// Reads, handles and acknowledges records exactly once without an App: with the store, a codec and the rules of
// contexts alone. It adds up numbers, and keeps the sum in the state of its partition:
//
//     node drive-the-store.js sums.db

import { jsonCodec } from "@eventy/sdk/codec/json";
import { emitEvent } from "@eventy/sdk/context";
import type { EventyRecord } from "@eventy/sdk/record";
import type { NewRecord } from "@eventy/sdk/store";
import { SqliteStore } from "@eventy/sdk/store/sqlite";

const codec = jsonCodec();
const headers = { "content-type": codec.contentType };
const bytesFor = (topic: string, record: EventyRecord): NewRecord => ({
  topic,
  key: record.partitionKey,
  value: codec.encode(record),
  headers,
});

const store = new SqliteStore(process.argv[2] ?? "sums.db");
await store.createTopic("numbers-events", 1);
await store.createTopic("sums-events", 1);

// Write now: these begin causal chains.
const numbers = [1, 2, 3].map((n) => emitEvent({ name: "Number", data: { n } }, { service: "urn:numbers" }));
await store.append(numbers.map((number) => bytesFor("numbers-events", number)));

// Everything that is written through the claim passes its fence: nobody else has the partition meanwhile.
const member = await store.join({ group: "sums", topics: ["numbers-events"] });
for await (const claim of member.claims()) {
  const batch = await claim.fetch();
  const before = await claim.state("sums", "all");
  let sum = before === null ? 0 : Number(Buffer.from(before));
  const outputs = batch.records.map(({ value }) => {
    const record = codec.decode(value ?? new Uint8Array());
    sum += Number(record.data["n"]);
    // The output inherits correlation id, context and partition key of what is being handled.
    const output = emitEvent({ name: "Sum", data: { sum } }, { service: "urn:sums", record });
    return bytesFor("sums-events", output);
  });
  const state = [{ state: "sums", key: "all", value: Buffer.from(String(sum)) }];
  await claim.commit({ acknowledge: batch.next, records: outputs, state });
  await claim.release();
  break;
}
await member.leave();

const { records } = await store.read({ topic: "sums-events", partition: 0 }, 0);
console.log(...records.map(({ value }) => codec.decode(value ?? new Uint8Array()).data["sum"]));
await store.close();
