import { describe, expect, it } from "vitest";
import { runInScope } from "../../src/context/index.js";
import { emitInto, environmentOf, Service } from "../../src/processing/index.js";
import { createEvent } from "../../src/record/index.js";
import { MemoryStore } from "../../src/store/memory/index.js";
import { recordsIn } from "./read-all.js";

const orders = new Service("orders");
const payments = new Service("payments");

describe("emitting outside of handlers", () => {
  it("begins causal chains, dated by the clock that is given, from the instance that is given", async () => {
    const store = new MemoryStore();
    await store.createTopic("orders-events", 1);
    await store.createTopic("payments-requests", 1);
    const environment = environmentOf({ service: orders, instance: "one", now: () => 1000 });

    const drafts = [
      orders.event("Opened", { data: { a: 1 } }),
      payments.request("Charge", { context: { order: 1 } }),
    ];
    const emitted = await emitInto(store, environment, drafts);

    const stored = [
      ...(await recordsIn(store, "orders-events")),
      ...(await recordsIn(store, "payments-requests")),
    ];
    expect(stored).toEqual(emitted);
    expect(stored.map(({ source, date, context }) => [source, date, context])).toEqual([
      ["urn:orders:one", 1000, {}],
      ["urn:orders:one", 1000, { "urn:orders": { order: 1 } }],
    ]);
  });

  it("appends all or none", async () => {
    const store = new MemoryStore();
    await store.createTopic("orders-events", 1);
    const drafts = [orders.event("Opened"), payments.request("Charge")];
    await expect(emitInto(store, environmentOf({ service: orders }), drafts)).rejects.toMatchObject({
      code: "UNKNOWN_TOPIC",
    });
    expect(await recordsIn(store, "orders-events")).toEqual([]);
  });

  it("is refused within a handler, which yields what it emits", async () => {
    const record = createEvent({ namespace: "urn:orders", name: "Tick" });
    const emitting = runInScope({ service: "urn:orders", record }, () =>
      emitInto(new MemoryStore(), environmentOf({ service: orders }), [orders.event("Opened")]),
    );
    await expect(emitting).rejects.toMatchObject({ code: "CONTEXT_VIOLATION" });
  });
});
