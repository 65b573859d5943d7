import { PostgresqlStore } from "@eventy/sdk/store/postgresql";
import { eventyApp } from "../store/eventy.js";

/** One process of several that share the partitions of a group: runs until its parent disconnects. */
const [url = "", label = ""] = process.argv.slice(2);
const store = new PostgresqlStore({ connectionString: url });
const { app } = eventyApp(store, { label, guarantee: "exactly-once" });
const ending = new AbortController();
process.once("disconnect", () => ending.abort());
await app.run({ signal: ending.signal });
await store.close();
