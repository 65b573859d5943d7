import { describe, expect, it } from "vitest";
import {
  App,
  atLeastOnce,
  atMostOnce,
  exactlyOnce,
  onEvent,
  onRequest,
  onResponse,
  Service,
} from "../../src/processing/index.js";
import type { Data } from "../../src/record/index.js";
import { MemoryStore } from "../../src/store/memory/index.js";
import { dataIn, recordsIn } from "./read-all.js";

const shop = new Service("shop");
const orders = new Service("orders");
const payments = new Service("payments");

describe("an App", () => {
  it("handles what its topics hold, in a chain of requests and responses that carries the context", async () => {
    const store = new MemoryStore();
    const placeOrder = onRequest("PlaceOrder", exactlyOnce, async function* (request) {
      yield orders.event("OrderPlaced", { data: { order: request.data["order"] ?? null } });
      yield payments.request("Charge", {
        data: { cents: 4200 },
        context: { order: request.data["order"] ?? null },
      });
    });
    const charged = onResponse(payments, "Charge", exactlyOnce, async function* (_, { own }) {
      yield orders.event("OrderPaid", { data: own });
    });
    const charge = onRequest("Charge", exactlyOnce, async (request) => [
      payments.response("Charge", { data: request.data }),
    ]);
    const createTopics = { partitions: 3 };
    const ordersApp = new App({
      service: orders,
      store,
      handlers: [placeOrder, charged],
      others: [payments],
      createTopics,
    });
    const paymentsApp = new App({ service: payments, store, handlers: [charge], createTopics });
    const client = new App({ service: shop, store, handlers: [], others: [orders], createTopics });

    const [asked] = await client.emit(
      orders.request("PlaceOrder", { data: { order: 42 }, partitionKey: "42" }),
    );
    await ordersApp.runToEnd();
    await paymentsApp.runToEnd();
    await ordersApp.runToEnd();

    const events = await recordsIn(store, "orders-events");
    expect(events.map(({ qualifiedName, data }) => [qualifiedName, data])).toEqual([
      ["urn:orders:OrderPlaced", { order: 42 }],
      ["urn:orders:OrderPaid", { order: 42 }],
    ]);
    expect(new Set(events.map(({ correlationId }) => correlationId))).toEqual(
      new Set([asked?.correlationId]),
    );
    expect(events.map(({ partitionKey }) => partitionKey)).toEqual(["42", "42"]);
  });

  it("runs until it is told to end, and finishes what it has begun", async () => {
    const store = new MemoryStore();
    const ending = new AbortController();
    const handled: Data[] = [];
    const told: boolean[] = [];
    const app = new App({
      service: orders,
      store,
      createTopics: { partitions: 1 },
      handlers: [
        onEvent(orders, "Tick", atLeastOnce, async ({ data }, { signal }) => {
          handled.push(data);
          ending.abort();
          told.push(signal.aborted);
        }),
      ],
    });
    await app.emit(orders.event("Tick", { data: { n: 1 } }), orders.event("Tick", { data: { n: 2 } }));

    await app.run({ signal: ending.signal });
    expect(handled).toEqual([{ n: 1 }]);
    await app.runToEnd();
    expect(handled).toEqual([{ n: 1 }, { n: 2 }]);
    expect(told).toEqual([true, false]);
  });

  it("ends at once when nothing arrives", async () => {
    const ending = new AbortController();
    const app = new App({
      service: orders,
      store: new MemoryStore(),
      createTopics: { partitions: 4 },
      handlers: [onEvent(orders, "Tick", atMostOnce, async () => {})],
    });
    const running = app.run({ signal: ending.signal });
    setImmediate(() => ending.abort());

    await expect(running).resolves.toBeUndefined();
  });

  it("says what to do about a topic that is not there", async () => {
    const handlers = [onEvent(orders, "Tick", atMostOnce, async () => {})];
    const app = new App({ service: orders, store: new MemoryStore(), handlers });

    await expect(app.run()).rejects.toThrow(
      'topic orders-events does not exist: create it with store.createTopic("orders-events", partitions), or give the App createTopics',
    );
  });

  it("handles at least once, exactly once and at most once, in this order", async () => {
    const store = new MemoryStore();
    const calls: string[] = [];
    const note = (guarantee: string) =>
      async function* (record: { data: Data }) {
        calls.push(`${guarantee} ${record.data["n"]}`);
        yield orders.event("Noted", { data: { by: guarantee, n: record.data["n"] ?? null } });
      };
    const app = new App({
      service: orders,
      store,
      createTopics: { partitions: 1 },
      handlers: [atMostOnce, exactlyOnce, atLeastOnce].map((g) => onEvent(orders, "Tick", g, note(g))),
    });
    await app.emit(...[1, 2].map((n) => orders.event("Tick", { data: { n } })));

    await app.runToEnd();

    expect(calls).toEqual(
      ["at-least-once", "exactly-once", "at-most-once"].flatMap((g) => [`${g} 1`, `${g} 2`]),
    );
    const data = await dataIn(store, "orders-events");
    expect(data.slice(2)).toEqual(
      ["at-least-once", "exactly-once", "at-most-once"].flatMap((by) => [
        { by, n: 1 },
        { by, n: 2 },
      ]),
    );
  });
});
