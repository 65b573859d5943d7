import { describe, expect, test } from "vitest";
import {
  createEvent,
  createRequest,
  createResponse,
  type Event,
  isRecord,
  PROTOCOL_VERSION,
} from "../../src/record/index.js";
import { errorOf } from "./error-of.js";

const UUID = "4770a087-16e6-4ec3-93b9-7377b34e8ece";
const named = { namespace: "urn:orders", name: "OrderPlaced" };

describe("createEvent", () => {
  test("fills in what the user leaves out", () => {
    const before = Date.now();
    const event = createEvent(named);

    expect(event).toMatchObject({
      ...named,
      type: "EVENT",
      protocolVersion: PROTOCOL_VERSION,
      version: "1.0.0",
      source: "urn:orders",
      partitionKey: null,
      context: {},
      data: {},
      qualifiedName: "urn:orders:OrderPlaced",
      unknownFields: {},
    });
    expect(event.uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(event.correlationId).toMatch(/^orders:OrderPlaced:[0-9a-f]{16}$/);
    expect(event.date).toBeGreaterThanOrEqual(before);
  });

  test("gives every record a uuid and a correlation id of its own", () => {
    const [a, b] = [createEvent(named), createEvent(named)];
    expect(a.uuid).not.toBe(b.uuid);
    expect(a.correlationId).not.toBe(b.correlationId);
  });

  test("types the data", () => {
    const event: Event<{ order: number }> = createEvent({ ...named, data: { order: 42 } });
    expect(event.data.order).toBe(42);
  });

  test("takes a Date, and rounds milliseconds down", () => {
    expect(createEvent({ ...named, date: new Date(-1) }).date).toBe(-1);
    expect(createEvent({ ...named, date: -1.5 }).date).toBe(-2);
  });

  test("writes a uuid in its canonical spelling", () => {
    expect(createEvent({ ...named, uuid: `{${UUID.toUpperCase()}}` }).uuid).toBe(UUID);
  });

  test("has no fields of a response", () => {
    expect(createEvent(named)).not.toHaveProperty("destination");
    expect(createEvent(named)).not.toHaveProperty("ok");
  });

  test.each([
    ["namespace", { namespace: "orders" }],
    ["namespace", { namespace: "urn:" }],
    ["namespace", { namespace: "urn:a.b" }],
    ["namespace", { namespace: "urn:a:" }],
    ["namespace", { namespace: "URN:a" }],
    ["namespace", { namespace: "urn:-a" }],
    ["namespace", { namespace: "urn:a\n" }],
    ["name", { name: "" }],
    ["name", { name: "\ud800" }],
    ["source", { source: "urn:a b" }],
    ["version", { version: "1.0" }],
    ["version", { version: "01.0.0" }],
    ["uuid", { uuid: "nope" }],
    ["correlation_id", { correlationId: "" }],
    ["partition_key", { partitionKey: "\udfff" }],
    ["date", { date: Number.NaN }],
    ["date", { date: 253_402_300_800_000 }],
    ["context", { context: { "urn:a.b": {} } }],
    ["context", { context: { orders: {} } }],
  ])("refuses a bad %s: %j", (path, init) => {
    expect(errorOf(() => createEvent({ ...named, ...init }))).toBe(`INVALID_RECORD ${path}`);
  });
});

describe("createRequest and createResponse", () => {
  test("a request has the namespace of the service that is asked", () => {
    const request = createRequest({ namespace: "urn:payments", name: "Charge", source: "urn:orders" });
    expect(request).toMatchObject({ type: "REQUEST", namespace: "urn:payments", source: "urn:orders" });
  });

  test("a response is fulfilled unless said otherwise", () => {
    const response = createResponse({
      namespace: "urn:payments",
      name: "Charge",
      destination: "urn:orders:1",
      requestUuid: UUID,
    });
    expect(response).toMatchObject({
      type: "RESPONSE",
      source: "urn:payments",
      destination: "urn:orders:1",
      requestUuid: UUID,
      ok: true,
      errorCode: null,
      errorMessage: null,
    });
  });

  test.each([
    ["destination", { destination: "urn:a.b" }],
    ["request_uuid", { requestUuid: "zz" }],
    ["error_code", { errorCode: 2 ** 31 }],
    ["error_code", { errorCode: 0.5 }],
  ])("refuses a bad %s: %j", (path, init) => {
    const good = { namespace: "urn:payments", name: "Charge", destination: "urn:orders", requestUuid: UUID };
    expect(errorOf(() => createResponse({ ...good, ...init }))).toBe(`INVALID_RECORD ${path}`);
  });
});

describe("a record", () => {
  test("is a copy: later changes of what it was made from do not reach it", () => {
    const data = { lines: [{ sku: "a" }], bytes: Uint8Array.of(1) };
    const event = createEvent({ ...named, data });

    data.lines.push({ sku: "b" });
    data.bytes[0] = 9;

    expect(event.data).toEqual({ lines: [{ sku: "a" }], bytes: Uint8Array.of(1) });
  });

  test("cannot be changed, in depth", () => {
    const event = createEvent({ ...named, data: { lines: [{ sku: "a" }] }, context: { "urn:a": { x: 1 } } });

    for (const part of [event, event.data, event.data.lines, event.data.lines[0], event.context["urn:a"]]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  test("hands out bytes as copies", () => {
    const event = createEvent({ ...named, data: { one: Uint8Array.of(1), many: [Uint8Array.of(2)] } });

    event.data.one[0] = 9;
    for (const bytes of event.data.many) bytes[0] = 9;

    expect(event.data).toEqual({ one: Uint8Array.of(1), many: [Uint8Array.of(2)] });
  });

  test("is told from its copies", () => {
    const event = createEvent(named);
    expect(isRecord(event)).toBe(true);
    expect(isRecord({ ...event })).toBe(false);
    expect(isRecord(null)).toBe(false);
  });
});
