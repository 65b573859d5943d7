import { describe, expect, it } from "vitest";
import { emitEvent, emitRequest, emitResponse, runInScope, type Scope } from "../../src/context/index.js";
import { createEvent, createRequest, readRecord } from "../../src/record/index.js";
import { errorOf } from "../record/error-of.js";

const UUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
const FLOW = "urn:eventy:flow";

const charge = createRequest({
  namespace: "urn:payments",
  name: "Charge",
  source: "urn:orders:instance-1",
  uuid: UUID,
  correlationId: "shop:checkout:x",
  partitionKey: "42",
  context: { "urn:orders": { order: 42 } },
  data: { cents: 4200 },
});
const payments: Scope = { service: "urn:payments", record: charge };

describe("a record emitted while another is handled", () => {
  it("is an event of the service, with what is inherited", () => {
    const event = emitEvent(
      { name: "Charged", version: "2.0.0", data: { ok: true }, uuid: UUID, date: 5 },
      payments,
    );

    expect({ ...event }).toEqual({
      type: "EVENT",
      namespace: "urn:payments",
      name: "Charged",
      protocolVersion: "3.5.0",
      version: "2.0.0",
      source: "urn:payments",
      uuid: UUID,
      correlationId: "shop:checkout:x",
      partitionKey: "42",
      date: 5,
      context: { "urn:orders": { order: 42 }, [FLOW]: { hops: 1, causation_uuid: UUID } },
      data: { ok: true },
    });
  });

  it("is a request in the namespace of the service that is asked", () => {
    const request = emitRequest({ name: "Charge", to: "urn:bank", context: { charge: 7 } }, payments);

    expect(request).toMatchObject({
      type: "REQUEST",
      namespace: "urn:bank",
      source: "urn:payments",
      data: {},
    });
    expect(request.context).toMatchObject({ "urn:orders": { order: 42 }, "urn:payments": { charge: 7 } });
  });

  it("is the response to the request", () => {
    const answer = {
      type: "RESPONSE",
      namespace: "urn:payments",
      destination: charge.source,
      requestUuid: UUID,
    };
    const good = { ok: true, errorCode: null, errorMessage: null };
    const bad = { ok: false, errorCode: 0, errorMessage: "" };

    expect(emitResponse({ name: "Charge" }, payments)).toMatchObject({ ...answer, ...good });
    expect(emitResponse({ name: "Charge", ...bad }, payments)).toMatchObject({ ...answer, ...bad });
  });

  it.each([
    [undefined, "42"],
    [null, null],
    ["", ""],
    ["43", "43"],
  ])("with the partition key %j has %j", (partitionKey, expected) => {
    const draft = { name: "Charged", ...(partitionKey === undefined ? {} : { partitionKey }) };

    expect(emitEvent(draft, payments).partitionKey).toBe(expected);
    expect(emitEvent({ ...draft, partitionKey } as typeof draft, payments).partitionKey).toBe(expected);
  });

  it("comes from the instance, on the date of the clock", () => {
    const event = emitEvent({ name: "Charged" }, { ...payments, instance: "i-2", now: () => 7.9 });

    expect(event).toMatchObject({ namespace: "urn:payments", source: "urn:payments:i-2", date: 7 });
    expect(emitEvent({ name: "Charged", date: new Date(3) }, { ...payments, now: () => 7 }).date).toBe(3);
  });

  it("is immutable, and shares only what is", () => {
    const data = { lines: [1] };
    const own = { lines: [2] };
    const event = emitEvent({ name: "Charged", data, context: own }, payments);
    data.lines.push(9);
    own.lines.push(9);

    expect(event.data).toEqual({ lines: [1] });
    expect(event.context["urn:payments"]).toEqual({ lines: [2] });
    expect(event.context["urn:orders"]).toBe(charge.context["urn:orders"]);
    for (const part of [event, event.context, ...Object.values(event.context)])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it("does not share the memory of bytes, not even of a Buffer", () => {
    const bytes = Buffer.of(1, 2);
    const { data } = emitEvent({ name: "Charged", data: { bytes } }, payments);
    bytes[0] = 9;
    data.bytes[1] = 9;

    expect(data.bytes).toStrictEqual(Uint8Array.of(1, 2));
  });

  it("keeps parts under keys that only a reader accepts", () => {
    const record = readRecord({
      ...charge,
      context: JSON.parse('{"no urn": {"a": 1}, "__proto__": {"b": 2}}'),
    });
    const { context } = emitEvent({ name: "Charged" }, { service: "urn:payments", record });

    expect(Object.entries(context).slice(0, 2)).toEqual([
      ["no urn", { a: 1 }],
      ["__proto__", { b: 2 }],
    ]);
  });
});

describe("a root", () => {
  const orders: Scope = { service: "urn:orders" };

  it("begins a causal chain", () => {
    const event = emitEvent({ name: "OrderPlaced", context: { order: 42, none: null } }, orders);

    expect(event.correlationId).toMatch(/^orders:OrderPlaced:[\w-]{11,}$/);
    expect(event.partitionKey).toBeNull();
    expect(event.context).toEqual({ "urn:orders": { order: 42 } });
    expect(emitEvent({ name: "OrderPlaced", correlationId: "mine" }, orders).correlationId).toBe("mine");
  });

  it("cannot be a response", () => {
    expect(errorOf(() => emitResponse({ name: "Charge" }, orders))).toBe("CONTEXT_VIOLATION");
  });
});

describe("refused", () => {
  it.each([
    ["a correlation id", { correlationId: "other" }, "CONTEXT_VIOLATION correlation_id"],
    ["the same correlation id", { correlationId: charge.correlationId }, "CONTEXT_VIOLATION correlation_id"],
    ["another part", { context: { "urn:orders": { order: 1 } } }, 'CONTEXT_VIOLATION context["urn:orders"]'],
    ["no name", { name: "" }, "INVALID_RECORD name"],
    [
      "no value",
      { context: { a: undefined as unknown as null } },
      'INVALID_RECORD context["urn:payments"].a',
    ],
    ["no UUID", { uuid: "1" }, "INVALID_RECORD uuid"],
  ])("is %s", (_, draft, error) => {
    expect(errorOf(() => emitEvent({ name: "Charged", ...draft }, payments))).toBe(error);
  });

  it("is an empty correlation id at the root", () => {
    expect(errorOf(() => emitEvent({ name: "A", correlationId: "" }, { service: "urn:a" }))).toBe(
      "INVALID_RECORD correlation_id",
    );
  });

  it("is a response where no request is handled", () => {
    const record = createEvent({ namespace: "urn:orders", name: "OrderPlaced" });

    expect(errorOf(() => emitResponse({ name: "Charge" }, { service: "urn:payments", record }))).toBe(
      "CONTEXT_VIOLATION",
    );
  });

  it("is to emit where it is not known who does", () => {
    expect(errorOf(() => emitEvent({ name: "Charged" }))).toBe("CONTEXT_VIOLATION");
  });
});

it("the scope may be that of the code that runs", () => {
  const event = runInScope(payments, () => emitEvent({ name: "Charged" }));

  expect(event.context[FLOW]).toEqual({ hops: 1, causation_uuid: UUID });
});
