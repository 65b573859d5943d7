import { expect, it } from "vitest";
import { SqliteStore } from "../../src/store/sqlite/index.js";
import { recordsIn } from "../processing/read-all.js";
import { temporaryFolder } from "../temporary-folder.js";
import { outputOf, startRecipe } from "./recipe.js";

const folder = temporaryFolder();

it("hello: greets once each time that it runs", async () => {
  const file = folder.path("hello.db");
  expect(await outputOf("hello/hello.ts", file)).toEqual(["Hello, world!"]);
  expect(await outputOf("hello/hello.ts", file)).toEqual(["Hello, world!"]);
});

it("drive the store: goes on with the sum that it has kept", async () => {
  const file = folder.path("sums.db");
  expect(await outputOf("drive-the-store/drive-the-store.ts", file)).toEqual(["1 3 6"]);
  expect(await outputOf("drive-the-store/drive-the-store.ts", file)).toEqual(["1 3 6 7 9 12"]);
});

it("dead letters: are handled again when the handler is mended", async () => {
  expect(await outputOf("dead-letters/dead-letters.ts")).toEqual([
    "dead letter of bill after 3 tries: no price of coffee",
    "tea: 300 cents",
    "coffee: 250 cents",
  ]);
});

it("order, payment, shipping: each order is placed, paid and shipped once, however often the process is killed", async () => {
  const file = folder.path("shop.db");
  const numbers = Array.from({ length: 40 }, (_, n) => String(n));
  const shipped = new Set<string>();
  // Three kills make no dead letter, whatever they meet; after them it may finish.
  for (let life = 0; shipped.size < numbers.length; life++) {
    const main = startRecipe("order-payment-shipping/main.ts", file, ...(life === 0 ? numbers : []));
    const enough = life < 3 ? shipped.size + 1 : numbers.length;
    await main.until((lines) => {
      for (const line of lines) if (line.endsWith("shipped")) shipped.add(line);
      return shipped.size >= enough;
    });
    const last = shipped.size === numbers.length;
    expect(await main.kill(last ? "SIGTERM" : "SIGKILL")).toBe(last ? 0 : "SIGKILL");
  }

  const store = new SqliteStore(file);
  const events = await recordsIn(store, "orders-events");
  await store.close();
  for (const name of ["OrderPlaced", "OrderPaid", "OrderShipped"]) {
    const found = events.filter((event) => event.name === name).map(({ data }) => String(data["order"]));
    expect(found.toSorted()).toEqual(numbers.toSorted());
  }
});
