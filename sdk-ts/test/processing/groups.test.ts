import { describe, expect, it } from "vitest";
import {
  atLeastOnce,
  exactlyOnce,
  groupsOf,
  onEvent,
  onRequest,
  onResponse,
  Service,
} from "../../src/processing/index.js";
import { createResponse } from "../../src/record/index.js";
import { tick } from "./fake-claim.js";

const orders = new Service("orders");
const payments = new Service("payments");
const nothing = async (): Promise<void> => {};

describe("groups", () => {
  it("hold the handlers that name them, and read the topics that these need", () => {
    const groups = groupsOf(orders, [
      onRequest("PlaceOrder", exactlyOnce, nothing),
      onResponse(payments, "Charge", exactlyOnce, nothing),
      onEvent(payments, "Closed", atLeastOnce, nothing, { group: "audit", id: "closed" }),
    ]);
    expect(groups.map(({ name, topics, handlers }) => [name, topics, handlers.map(({ id }) => id)])).toEqual([
      [
        "orders",
        ["orders-requests", "payments-responses"],
        ["request:urn:orders:PlaceOrder:exactly-once", "response:urn:payments:Charge:exactly-once"],
      ],
      ["audit", ["payments-events"], ["closed"]],
    ]);
  });

  it("have no two handlers with one id", () => {
    const twice = () => onRequest("PlaceOrder", exactlyOnce, nothing);
    expect(() => groupsOf(orders, [twice(), twice()])).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
    expect(groupsOf(orders, [twice(), onRequest("PlaceOrder", atLeastOnce, nothing)])).toHaveLength(1);
  });

  it.each([
    ["urn:orders", 1],
    ["urn:orders:instance-1", 1],
    ["urn:orders-archive", 0],
    ["urn:order", 0],
  ])("get the responses that are for the service: %s", (destination, count) => {
    const [group] = groupsOf(orders, [onResponse(payments, "Charge", exactlyOnce, nothing)]);
    const requestUuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    const response = createResponse({ namespace: "urn:payments", name: "Charge", destination, requestUuid });
    expect(group?.route(response, tick(0)).exactlyOnce).toHaveLength(count);
    const headers = { "eventy-destination": destination };
    expect(group?.isForOthers({ ...tick(0), topic: "payments-responses", headers })).toBe(count === 0);
  });

  it("look at the headers of responses alone to find what is for others", () => {
    const [group] = groupsOf(orders, [
      onResponse(payments, "Charge", exactlyOnce, nothing),
      onEvent(payments, "Closed", exactlyOnce, nothing),
    ]);
    const headers = { "eventy-destination": "urn:shop" };
    const isForOthers = (topic: string) => group?.isForOthers({ ...tick(0), topic, headers });
    expect([isForOthers("payments-responses"), isForOthers("payments-events")]).toEqual([true, false]);
    expect(group?.isForOthers({ ...tick(0), topic: "payments-responses", headers: {} })).toBe(false);
  });
});
