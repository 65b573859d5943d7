import { KafkaStore } from "@eventy/sdk/store/kafka";
import { eventyApp } from "../store/eventy.js";
import { untilInputEnds } from "./until-input-ends.js";

/** One process of ours, as a member of a group: runs until its standard input ends. */
const [brokers = "", group = "", , , perTransaction = "", sessionTimeoutMs = "10000"] = process.argv.slice(2);
const store = new KafkaStore({ brokers: brokers.split(","), sessionTimeoutMs: Number(sessionTimeoutMs) });
const batch = { maxRecords: Number(perTransaction), maxBytes: 64 << 20 };
const { app } = eventyApp(store, { label: group, guarantee: "exactly-once", batch });
const ending = new AbortController();
void untilInputEnds().then(() => ending.abort());
await app.run({ signal: ending.signal });
await store.close();
