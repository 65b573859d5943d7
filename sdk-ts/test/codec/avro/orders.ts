import { AvroSchemas, type Evsc } from "../../../src/codec/avro/index.js";
import { createEvent, type Data, type Event } from "../../../src/record/index.js";

/** A schema of events of the service `urn:orders` with the given Avro fields of data. */
export function evscOf(...fields: readonly unknown[]): Evsc {
  return {
    protocol_version: "3.5.0",
    namespace: "urn:orders",
    name: "OrderPlaced",
    type: "EVENT",
    data_fields: fields,
  };
}

export const ORDER_PLACED: Evsc = evscOf(
  { name: "order", type: "long" },
  { name: "note", type: ["null", "string"], default: null },
  {
    name: "lines",
    type: {
      type: "array",
      items: {
        type: "record",
        name: "Line",
        fields: [
          { name: "sku", type: "string" },
          { name: "qty", type: "int" },
        ],
      },
    },
  },
);

export const ORDER: Data = { order: 42, note: null, lines: [{ sku: "A-1", qty: 2 }] };

/** An event of that schema. */
export function orderPlaced(data: Data = ORDER, context: { readonly [urn: string]: Data } = {}): Event {
  return createEvent({
    namespace: "urn:orders",
    name: "OrderPlaced",
    uuid: "4770a087-16e6-4ec3-93b9-7377b34e8ece",
    correlationId: "orders:place:1",
    date: 1795473159123,
    context,
    data,
  });
}

export function schemasOf(evsc: Evsc = ORDER_PLACED): AvroSchemas {
  return new AvroSchemas().register(evsc);
}
