/** A JSON object whose members a test changes. */
export type Json = { readonly [key: string]: unknown };

const SHARED = {
  namespace: "urn:orders",
  name: "OrderPlaced",
  protocol_version: "3.5.0",
  version: "1.0.0",
  source: "urn:orders:instance-1",
  uuid: "0190163d-8694-739b-aea5-966c26f8ad91",
  correlation_id: "orders:place:x1",
  partition_key: null,
  date_timestamp: 1700000000123,
  date_iso8601: "2023-11-14T22:13:20.123+00:00",
};

/** A written event. */
export const EVENT: Json = { type: "EVENT", ...SHARED, context: { "urn:orders": { order: 42 } }, data: {} };

/** A written request. */
export const REQUEST: Json = { ...EVENT, type: "REQUEST" };

/** A written response. */
export const RESPONSE: Json = {
  type: "RESPONSE",
  ...SHARED,
  destination: "urn:payments",
  request_uuid: "0190163d-8694-739b-aea5-966c26f8ad92",
  ok: true,
  error_code: null,
  error_message: null,
  context: {},
  data: { lines: [{ qty: 1.5 }], note: null },
};

/** The object without one member. */
export function without(object: Json, key: string): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
