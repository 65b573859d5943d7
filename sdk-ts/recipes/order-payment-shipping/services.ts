// An order is paid and then shipped, by three services that know nothing of one another's orders, payments and
// parcels. What Orders has to remember meanwhile travels in the context of the records: there is no table of orders
// under way, and the chain survives a crash at any point.

import {
  App,
  atLeastOnce,
  exactlyOnce,
  onEvent,
  onRequest,
  onResponse,
  Service,
} from "@eventy/sdk/processing";
import type { RecordStore } from "@eventy/sdk/store";

export const orders: Service = new Service("orders");
const payments = new Service("payments");
const shipping = new Service("shipping");

const placeOrder = onRequest<{ order: number; cents: number }>(
  "PlaceOrder",
  exactlyOnce,
  async function* ({ data: { order, cents } }) {
    yield orders.event("OrderPlaced", { data: { order } });
    yield payments.request("Charge", { data: { cents }, context: { order } });
  },
);
const charged = onResponse(payments, "Charge", exactlyOnce, async function* ({ ok }, { own }) {
  const { order = null } = own;
  if (!ok) return yield orders.event("OrderRefused", { data: { order } });
  yield orders.event("OrderPaid", { data: { order } });
  yield shipping.request("Ship");
});
const shipped = onResponse(shipping, "Ship", exactlyOnce, async function* (_, { own: { order = null } }) {
  yield orders.event("OrderShipped", { data: { order } });
});
const report = onEvent(orders, "OrderShipped", atLeastOnce, async ({ data: { order } }) => {
  console.log(`order ${order} shipped`);
});

const charge = onRequest<{ cents: number }>("Charge", exactlyOnce, async function* ({ data: { cents } }) {
  yield payments.response("Charge", { ok: cents < 100_000 });
});

const ship = onRequest("Ship", exactlyOnce, async function* () {
  yield shipping.response("Ship");
});

/** The three services, on one store. They could as well be three programs. */
export function appsOn(store: RecordStore): readonly [orders: App, payments: App, shipping: App] {
  const common = { store, createTopics: { partitions: 2 } };
  return [
    new App({
      ...common,
      service: orders,
      others: [payments, shipping],
      handlers: [placeOrder, charged, shipped, report],
    }),
    new App({ ...common, service: payments, handlers: [charge] }),
    new App({ ...common, service: shipping, handlers: [ship] }),
  ];
}
