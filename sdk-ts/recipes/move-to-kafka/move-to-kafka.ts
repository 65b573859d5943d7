// A service begins on a file, and goes on where it was on Kafka. Its handlers do not change, and each bill is paid once:
//
//     node move-to-kafka.js till.db localhost:9092

import { jsonCodec } from "@eventy/sdk/codec/json";
import { KafkaStore } from "@eventy/sdk/store/kafka";
import { SqliteStore } from "@eventy/sdk/store/sqlite";
import { move } from "./move.js";
import { bill, till, tillOn } from "./till.js";

const [, , file = "till.db", brokers = "localhost:9092"] = process.argv;
const sqlite = new SqliteStore(file);
const kafka = new KafkaStore({ brokers: brokers.split(",") });

const before = tillOn(sqlite);
await before.emit(...Array.from({ length: 100 }, (_, number) => bill(number)));
await before.runToEnd();
// These wait in the file.
await before.emit(...Array.from({ length: 50 }, (_, number) => bill(100 + number)));

const { requests, events } = till.topics;
await move(sqlite, kafka, { topics: [requests, events], groups: { [till.name]: [requests] } });
await sqlite.close();
console.log("moved");

await tillOn(kafka).runToEnd();
const paid = new Map<number, number>();
const codec = jsonCodec();
for (let partition = 0; partition < (await kafka.partitionsOf(events)); partition++) {
  const { begin, end } = await kafka.bounds({ topic: events, partition });
  for (let next = begin; next < end; ) {
    const batch = await kafka.read({ topic: events, partition }, next);
    for (const { value } of batch.records) {
      const number = Number(value && codec.decode(value).data["bill"]);
      paid.set(number, (paid.get(number) ?? 0) + 1);
    }
    next = batch.next;
  }
}
const once = [...paid.values()].filter((count) => count === 1).length;
console.log(`${once} of 150 bills are paid once`);
await kafka.close();
