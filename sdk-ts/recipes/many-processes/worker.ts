// One process of the service. Start as many as you like, on as many machines: they share the partitions, and take over
// from those that die or end.
//
//     node worker.js localhost:9092 NAME

import { App } from "@eventy/sdk/processing";
import { KafkaStore } from "@eventy/sdk/store/kafka";
import { convertIn, sensors } from "./sensors.js";

const [, , brokers = "localhost:9092", name = "worker"] = process.argv;
const ending = new AbortController();
process.once("SIGTERM", () => ending.abort());
process.once("SIGINT", () => ending.abort());

const store = new KafkaStore({ brokers: brokers.split(","), sessionTimeoutMs: 6000 });
const app = new App({ service: sensors, store, handlers: [convertIn(name)] });
console.log("running");
await app.run({ signal: ending.signal });
await store.close();
