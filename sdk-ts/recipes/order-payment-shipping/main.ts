// Runs the three services on one file until it is told to end, and places orders before:
//
//     node main.js shop.db 1 2 3

import { SqliteStore } from "@eventy/sdk/store/sqlite";
import { appsOn, orders } from "./services.js";

const [, , file = "shop.db", ...numbers] = process.argv;
const ending = new AbortController();
process.once("SIGTERM", () => ending.abort());
process.once("SIGINT", () => ending.abort());

const store = new SqliteStore(file);
const apps = appsOn(store);
const order = (number: string) =>
  orders.request("PlaceOrder", { data: { order: Number(number), cents: 4200 }, partitionKey: number });
await apps[0].emit(...numbers.map(order));
console.log("running");
await Promise.all(apps.map((app) => app.run({ signal: ending.signal })));
await store.close();
