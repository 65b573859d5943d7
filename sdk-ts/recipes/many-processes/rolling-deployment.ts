// Replaces three processes of the service by new ones, one after the other, while readings come in, and says how long
// a reading has waited at most. Nothing is lost, nothing is done twice, and the order stays:
//
//     node rolling-deployment.js localhost:9092

import { KafkaStore } from "@eventy/sdk/store/kafka";
import { Readings } from "./readings.js";
import { startWorker, type Worker } from "./workers.js";

const PROCESSES = 3;
const [, , brokers = "localhost:9092"] = process.argv;
const store = new KafkaStore({ brokers: brokers.split(",") });
const readings = new Readings(store);
await readings.begin();

let processes: Worker[] = await Promise.all(start("old"));
for (let workers = 0; workers < PROCESSES; ) workers = (await readings.convert(10)).size;

const before = readings.outputs.length;
const deploying = new AbortController();
const emitting = emitUntil(deploying.signal);
const replacing = processes;
processes = [];
for (const [index, old] of replacing.entries()) {
  // The new one first: there are never fewer of them.
  processes.push(await startWorker(brokers, `new ${index}`));
  await old.end("SIGTERM");
  console.log(`replaced ${index + 1} of ${PROCESSES}`);
}
deploying.abort();
await emitting;
await readings.untilConverted();

readings.check();
const during = readings.outputs.slice(before);
const longest = Math.max(...during.map(({ appendedAt, emittedAt }) => appendedAt - emittedAt));
console.log(`${during.length} readings came in meanwhile, each was converted once, in order`);
console.log(`the longest wait was ${longest} ms`);
await Promise.all(processes.map((worker) => worker.end("SIGTERM")));
await store.close();

function start(version: string): Promise<Worker>[] {
  return Array.from({ length: PROCESSES }, (_, index) => startWorker(brokers, `${version} ${index}`));
}

async function emitUntil(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await readings.emit();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
