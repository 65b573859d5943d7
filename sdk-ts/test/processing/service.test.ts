import { describe, expect, it } from "vitest";
import { Service } from "../../src/processing/index.js";

describe("a service", () => {
  it("has a URN, a name and topics", () => {
    expect(new Service("orders")).toMatchObject({
      urn: "urn:orders",
      name: "orders",
      topics: {
        events: "orders-events",
        requests: "orders-requests",
        responses: "orders-responses",
        deadLetters: "orders-dead-letters",
      },
    });
  });

  it("may be given by its URN; topics have dots in place of colons", () => {
    expect(new Service("urn:shop:eu")).toMatchObject({ urn: "urn:shop:eu", name: "shop.eu" });
    expect(new Service("shop:eu").topics.events).toBe("shop.eu-events");
  });

  it("may have other topics", () => {
    const { topics } = new Service("orders", { topics: { events: "facts" } });
    expect([topics.events, topics.requests]).toEqual(["facts", "orders-requests"]);
  });

  it.each(["", "a b", "a.b", "urn:", "-a", "a:", "eventy", "urn:eventy:flow"])(
    "cannot be called %j",
    (name) => {
      expect(() => new Service(name)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
    },
  );
});
