import avro from "avsc";
import { v5 } from "uuid";
import { describe, expect, it } from "vitest";
import { AvroSchemas, avroContainerCodec } from "../../src/codec/avro/index.js";
import { PROCESSING } from "../../src/gen/constants.js";
import { App, atLeastOnce, onEvent, Service } from "../../src/processing/index.js";
import { deliveryName, idempotencyKey, outputUuid, uuidOfPlace } from "../../src/processing/output-uuid.js";
import { MemoryStore } from "../../src/store/memory/index.js";
import { containerOf } from "../codec/avro/avsc-oracle.js";

const DELIVERY = {
  source: "urn:shop",
  uuid: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  group: "orders",
  handler: "place-order",
};

describe("uuids that processing makes", () => {
  it("are those of the worked example of the spec", () => {
    const name = deliveryName(DELIVERY);

    expect(outputUuid(name, "urn:orders:OrderPlaced", 0)).toBe("cd2bc6af-584b-5a48-a7af-8d5d02a7178f");
    expect(outputUuid(name, "urn:orders:OrderPlaced", 1)).toBe("cb90543d-3bc0-5239-ba14-c0f002ef2103");
    expect(outputUuid(name, "urn:payments:Charge", 0)).toBe("c4474258-e7ed-5720-a8db-53d5f9b7812d");
    expect(idempotencyKey(DELIVERY)).toBe("5a7f1bc0-05ac-54f9-a341-40f96fc834de");
    expect(uuidOfPlace({ topic: "orders-requests", partition: 3, offset: 41 })).toBe(
      "4823753d-5da5-5a90-85dc-ec11858d336d",
    );
  });

  it("are of version 5, whatever the length of the name and its characters", () => {
    for (const name of ["a", "é€😀", "€".repeat(335), "€".repeat(336), "x".repeat(5000)]) {
      expect(outputUuid(name, "n", 0)).toBe(v5(`${name}1:n,1:0,`, PROCESSING.uuidNamespace));
    }
  });

  it("tell two records of protocol 1 apart that have the same bytes and no uuid", async () => {
    const schema = {
      type: "record" as const,
      name: "Paid",
      namespace: "shop",
      fields: [{ name: "order", type: "long" as const }],
    };
    const value = containerOf(schema, [[avro.Type.forSchema(schema).toBuffer({ order: 42 })]]);
    const store = new MemoryStore();
    await store.createTopic("shop-events", 1);
    await store.append([
      { topic: "shop-events", key: null, value },
      { topic: "shop-events", key: null, value },
    ]);
    const seen: string[] = [];
    const handler = onEvent(new Service("shop"), "Paid", atLeastOnce, async ({ uuid }) => {
      seen.push(uuid);
    });
    const codecs = avroContainerCodec(new AvroSchemas());

    await new App({ service: new Service("orders"), store, codecs, handlers: [handler] }).runToEnd();

    const places = [0, 1].map((offset) => uuidOfPlace({ topic: "shop-events", partition: 0, offset }));
    expect(seen).toEqual(places);
  });
});
