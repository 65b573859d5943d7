// A service that handles requests, on a store that is one file:
//
//     node hello.js hello.db

import { App, atLeastOnce, exactlyOnce, onEvent, onRequest, Service } from "@eventy/sdk/processing";
import { SqliteStore } from "@eventy/sdk/store/sqlite";

const greeter = new Service("greeter");

const hello = onRequest<{ name: string }>("Hello", exactlyOnce, async function* ({ data }) {
  yield greeter.event("Greeted", { data: { text: `Hello, ${data.name}!` } });
});
const print = onEvent<{ text: string }>(greeter, "Greeted", atLeastOnce, async ({ data }) => {
  console.log(data.text);
});

const store = new SqliteStore(process.argv[2] ?? "hello.db");
const app = new App({ service: greeter, store, handlers: [hello, print], createTopics: { partitions: 1 } });
await app.emit(greeter.request("Hello", { data: { name: "world" } }));
await app.runToEnd();
await store.close();
