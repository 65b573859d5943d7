import { expect, it } from "vitest";
import { jsonCodec } from "../../src/codec/json/index.js";
import { App, exactlyOnce, onRequest, onResponse, Service } from "../../src/processing/index.js";
import { EventyError } from "../../src/record/index.js";
import { MemoryStore } from "../../src/store/memory/index.js";
import { storedIn } from "./read-all.js";

const orders = new Service("orders");
const payments = new Service("payments");
const createTopics = { partitions: 1 };

/** A store in which payments has answered orders, and the app of orders. */
async function answered(failing: readonly number[], seen: number[] = []) {
  const store = new MemoryStore();
  const charge = onRequest("Charge", exactlyOnce, async () => [
    payments.event("Asked"),
    payments.response("Charge"),
  ]);
  const asked = new App({ service: payments, store, createTopics, handlers: [charge] });
  await asked.runToEnd();
  const heard = onResponse(
    payments,
    "Charge",
    exactlyOnce,
    async (_, { position }) => {
      seen.push(position.offset);
      if (failing.includes(position.offset)) throw new RangeError("broken");
    },
    { onError: "deadLetter" },
  );
  const app = new App({ service: orders, store, createTopics, handlers: [heard] });
  await app.emit(payments.request("Charge"));
  await asked.runToEnd();
  return { store, app };
}

it("a response alone has a header for its destination", async () => {
  const { store } = await answered([]);
  const headers = async (topic: string) =>
    (await storedIn(store, topic)).map((stored) => stored.headers["eventy-destination"]);
  expect(await headers("payments-responses")).toEqual(["urn:orders"]);
  expect(await headers("payments-requests")).toEqual([undefined]);
  expect(await headers("payments-events")).toEqual([undefined]);
});

it("a response that goes to another service is passed over, and not decoded", async () => {
  const seen: number[] = [];
  const { store, app } = await answered([], seen);
  const decode = () => {
    throw new EventyError("MALFORMED", "it was decoded");
  };
  const service = new Service("shop");
  const never = onResponse(payments, "Charge", exactlyOnce, () => Promise.reject(new RangeError("shop")));
  const codecs = { ...jsonCodec(), decode };
  await new App({ service, store, createTopics, codecs, handlers: [never] }).runToEnd();
  expect(await storedIn(store, "shop-dead-letters")).toEqual([]);
  await app.runToEnd();
  expect(seen).toEqual([0]);
});

it("a response that is replayed keeps the header that says where it goes", async () => {
  const { store, app } = await answered([0]);
  await app.runToEnd();
  await app.replayDeadLetters();
  const letters = await storedIn(store, "orders-dead-letters");
  expect(letters.map(({ headers }) => headers["eventy-destination"])).toEqual(["urn:orders", "urn:orders"]);
});
