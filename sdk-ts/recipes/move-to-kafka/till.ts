// A service with a till: it knows nothing of the store that it runs on.

import { App, exactlyOnce, onRequest, Service } from "@eventy/sdk/processing";
import type { RecordStore } from "@eventy/sdk/store";

export const till = new Service("till");

const pay = onRequest<{ bill: number; cents: number }>("Pay", exactlyOnce, async function* ({ data }) {
  yield till.event("Paid", { data });
});

export function tillOn(store: RecordStore): App {
  return new App({ service: till, store, handlers: [pay], createTopics: { partitions: 4 } });
}

export function bill(number: number) {
  return till.request("Pay", { data: { bill: number, cents: 100 * number }, partitionKey: `bill-${number}` });
}
