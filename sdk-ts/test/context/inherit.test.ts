import { describe, expect, it } from "vitest";
import { hopsOf, inherit } from "../../src/context/index.js";
import { type Context, createEvent, readRecord } from "../../src/record/index.js";
import { errorOf } from "../record/error-of.js";

const FLOW = "urn:eventy:flow";
const event = { namespace: "urn:orders", name: "OrderPlaced" };

describe("what is inherited", () => {
  it("is correlation id, partition key and context, none of it a copy", () => {
    const context = {
      "urn:orders": { order: 42 },
      "urn:shop": { basket: null },
      "urn:eventy:trace": { traceparent: "00-1" },
      "urn:eventy:identity": { user_id: "ada" },
    };
    const record = createEvent({ ...event, correlationId: "a:b:c", partitionKey: "", context });
    const inherited = inherit(record);

    expect(inherited).toEqual({
      correlationId: "a:b:c",
      partitionKey: "",
      context: { ...context, [FLOW]: { hops: 1, causation_uuid: record.uuid } },
    });
    expect(inherited.context["urn:orders"]).toBe(record.context["urn:orders"]);
    expect(record.context).toEqual(context);
  });

  it("is the uuid where the correlation id is empty", () => {
    const record = createEvent(event);

    expect(inherit(readRecord({ ...record, correlationId: "" })).correlationId).toBe(record.uuid);
  });

  it("is a flow with exactly two keys, one hop further", () => {
    const record = createEvent({ ...event, context: { [FLOW]: { hops: 7, causation_uuid: "x", other: 1 } } });

    expect(inherit(record).context[FLOW]).toStrictEqual({ hops: 8, causation_uuid: record.uuid });
  });
});

describe("hops", () => {
  const withFlow =
    (context: Context): (() => number) =>
    () =>
      hopsOf(createEvent({ ...event, context }));

  it.each([
    [0, {}],
    [0, { [FLOW]: {} }],
    [3, { [FLOW]: { hops: 3 } }],
    [3, { [FLOW]: { hops: 3.0, causation_uuid: 7 } }],
    [2 ** 60, { [FLOW]: { hops: 2n ** 60n } }],
  ])("are %d in %o", (hops, context) => {
    expect(withFlow(context)()).toBe(hops);
  });

  it.each([-1, 1.5, null, "3", true, [], {}, -(2n ** 60n)])("are not %o", (hops) => {
    expect(errorOf(withFlow({ [FLOW]: { hops } }))).toBe(`INVALID_RECORD context["${FLOW}"].hops`);
  });
});
