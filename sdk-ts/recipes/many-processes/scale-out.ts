// Starts three processes of the service, kills one in the middle of its work, and shows who did what. Each reading is
// converted once, and those of a sensor in order:
//
//     node scale-out.js localhost:9092

import { KafkaStore } from "@eventy/sdk/store/kafka";
import { Readings } from "./readings.js";
import { startWorker } from "./workers.js";

const [, , brokers = "localhost:9092"] = process.argv;
const store = new KafkaStore({ brokers: brokers.split(",") });
const readings = new Readings(store);
await readings.begin();

const names = ["first", "second", "third"];
const [first, second, third] = await Promise.all(names.map((name) => startWorker(brokers, name)));
// A process that joins is given its share as soon as the others have finished what they had begun.
for (let workers = 0; workers < names.length; ) workers = (await readings.convert(10)).size;
console.log("three processes");
print(await readings.convert(50));

const begin = performance.now();
await third?.end("SIGKILL");
const shares = await readings.convert(50);
console.log(`two, ${((performance.now() - begin) / 1000).toFixed(1)} s after the third was killed`);
print(shares);

readings.check();
console.log(`${readings.outputs.length} readings are converted, each once, in order`);
await Promise.all([first, second].map((worker) => worker?.end("SIGTERM")));
await store.close();

function print(shares: ReadonlyMap<string, number>): void {
  for (const [worker, count] of [...shares].toSorted()) console.log(`  ${worker}: ${count}`);
}
