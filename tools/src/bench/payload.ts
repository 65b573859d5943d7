import { createEvent, type EventyRecord } from "@eventy/sdk/record";

/** How many different records a benchmark goes through, so that nothing gains from seeing one twice in a row. */
const variety = 64;

/** The schema of the records that all benchmarks use, as an EVenty SChema. */
export const orderPlacedSchema = {
  protocol_version: "3.5.0",
  namespace: "urn:orders",
  name: "OrderPlaced",
  type: "EVENT",
  data_fields: [
    { name: "order", type: "long" },
    { name: "customer", type: "string" },
    { name: "address", type: "string" },
    { name: "currency", type: "string" },
    { name: "total", type: "double" },
    { name: "express", type: "boolean" },
    { name: "note", type: ["null", "string"] },
    {
      name: "lines",
      type: {
        type: "array",
        items: {
          type: "record",
          name: "Line",
          fields: [
            { name: "sku", type: "string" },
            { name: "quantity", type: "int" },
            { name: "cents", type: "int" },
          ],
        },
      },
    },
  ],
} as const;

/** Orders as a shop would record them: about 700 bytes of JSON each. */
export const records: readonly EventyRecord[] = Array.from({ length: variety }, (_, i) =>
  createEvent({
    namespace: "urn:orders",
    name: "OrderPlaced",
    version: "1.4.0",
    source: "urn:orders:web-3",
    uuid: `3f2a9c54-7be1-4d0a-9c36-5e8d1b40a7${hexadecimal(i)}`,
    correlationId: `orders:PlaceOrder:c41f09d2a7${hexadecimal(i)}`,
    partitionKey: `order-${104_200 + i}`,
    date: Date.UTC(2026, 2, 14, 15, 9, 26, 535) + i,
    context: { "urn:orders": { order: 104_200 + i } },
    data: {
      order: 104_200 + i,
      customer: "Zoë Martin",
      address: "12 rue des Lilas, 75020 Paris",
      currency: "EUR",
      total: 87.35 + i,
      express: true,
      note: i % 2 === 0 ? null : "Leave it at the back door",
      lines: [
        { sku: "TEA-EARL-250", quantity: 2, cents: 1195 },
        { sku: "CUP-BLUE", quantity: 4, cents: 1495 },
        { sku: "SPOON-SMALL", quantity: 4, cents: 320 },
      ],
    },
  }),
);

/** Returns the items one after the other, again and again. */
export function cycle<T>(items: readonly T[]): () => T {
  let next = 0;
  return () => {
    const item = items[next] as T;
    next = (next + 1) % items.length;
    return item;
  };
}

function hexadecimal(i: number): string {
  return i.toString(16).padStart(2, "0");
}
