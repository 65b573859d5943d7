// A process of an App that answers each event with one of its own, exactly once, and counts them in a state, until its
// standard input ends. Arguments: the brokers, and what the names of services and of the group end with.

import { once } from "node:events";
import { App } from "../../../src/processing/index.js";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { counting, serviceOf } from "./counting.js";

const [brokers = "", id = ""] = process.argv.slice(2);
const store = new KafkaStore({ brokers: brokers.split(","), sessionTimeoutMs: 2000 });
const ending = new AbortController();
process.stdin.resume();
void once(process.stdin, "end").then(() => ending.abort());

const app = new App({
  service: serviceOf("counter", id),
  store,
  handlers: [counting(id, (n) => process.stdout.write(`handled ${n}\n`))],
  createTopics: { partitions: 8 },
});
await app.run({ signal: ending.signal });
await store.close();
process.stdout.write("end\n");
