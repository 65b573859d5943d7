import type { DecodeLine } from "../../../src/cases/golden/line.js";
import type { Fields } from "../base.js";
import { accept, CONTEXT, type Datum, legacyFile, refuse } from "./legacy-files.js";

const UUID = "0a9d1b6e-6a1f-4c2b-9f5e-3f1f0c4b8f11";
const DATES = [
  "timestamp",
  "timestamp_ms",
  "date_timestamp",
  "date_timestamp_ms",
  "event_timestamp",
  "event_timestamp_ms",
];

/** Decode cases of records of protocols 1 and 2. */
export function legacyLines(): DecodeLine[] {
  const order: Datum = { order: ["long", 42] };
  const data = { order: 42 };
  const table = ["COD-057", "COD-058", "COD-059"];
  const full: Datum = {
    type: ["string", "REQUEST"],
    protocol_version: ["string", "2.1.0"],
    version: ["string", "4.5.6"],
    source: ["string", "com.example.shop"],
    uuid: ["string", UUID.toUpperCase()],
    correlation_id: ["string", "shop:op:1"],
    partition_key: [["null", "string"], "p"],
    context: [CONTEXT, { "not a urn": { a: 1, b: null } }],
    event_timestamp: ["long", 1709202896999],
    data: [
      { type: "map", values: "string" },
      { note: "x", order: "replaced" },
    ],
    ...order,
  };
  const expected: Fields = {
    type: "REQUEST",
    protocolVersion: "2.1.0",
    version: "4.5.6",
    source: "urn:com:example:shop",
    uuid: UUID,
    correlationId: "shop:op:1",
    partitionKey: "p",
    context: { "not a urn": { a: 1, b: null } },
    date: 1709202896999n,
    data: { note: "x", order: 42 },
  };
  const wrong: [id: string, title: string, datum: Datum][] = [
    ["type", "an unknown type", { type: ["string", "COMMAND"] }],
    ["type-null", "a null type", { type: [["null", "string"], null] }],
    ["version", "a version that is none", { version: ["string", "1.2"] }],
    ["source", "a source that is no text", { source: ["long", 5] }],
    ["uuid", "a uuid that is none", { uuid: ["string", "nope"] }],
    ["correlation-id", "a correlation id that is no text", { correlation_id: ["long", 5] }],
    ["partition-key", "a partition key that is no text", { partition_key: ["long", 5] }],
    ["context", "a context that is no map of maps", { context: [{ type: "map", values: "long" }, { a: 1 }] }],
    ["date", "a timestamp that is no number", { timestamp: ["string", "1"] }],
    ["date-late", "a timestamp beyond year 9999", { timestamp: ["long", 253402300800000] }],
    ["date-text", "a date that is none", { date_iso: ["string", "yesterday"] }],
    ["data", "data that is no map", { data: [{ type: "array", items: "long" }, []] }],
  ];
  return [
    accept(
      "1",
      "reads a record of protocol 1, which says nothing of itself",
      [...table, "COD-061"],
      legacyFile(order),
      { data },
    ),
    accept(
      "1-said",
      "reads a record that says protocol 1",
      ["COD-057", "COD-058"],
      legacyFile({ protocol_version: ["string", "1.2.3"], ...order }),
      { protocolVersion: "1.2.3", data },
    ),
    accept("2", "reads a record of protocol 2", [...table, "REC-022"], legacyFile(full), expected),
    accept(
      "enum-type",
      "reads a type that is an enum",
      ["COD-058"],
      legacyFile({ type: [{ type: "enum", name: "T", symbols: ["EVENT", "REQUEST"] }, "REQUEST"], ...order }),
      { type: "REQUEST", data },
    ),
    accept(
      "nulls",
      "null is as if there were none",
      ["COD-058", "COD-061"],
      legacyFile({
        uuid: [["null", "string"], null],
        correlation_id: [["null", "string"], null],
        partition_key: [["null", "string"], null],
        context: [["null", CONTEXT], null],
        ...order,
      }),
      { data },
    ),
    accept(
      "correlation-id-from-others",
      "a missing correlation id is made of source, name and uuid",
      ["COD-058"],
      legacyFile({ uuid: ["string", UUID] }),
      { uuid: UUID },
    ),
    accept("empty", "reads a record without fields", ["COD-057", "COD-061"], legacyFile({}), {}),
    accept(
      "no-namespace",
      "a schema without a namespace is of urn:unspecified",
      ["COD-058"],
      legacyFile(order, { name: "OrderPlaced" }),
      { namespace: "urn:unspecified", data },
    ),
    accept(
      "full-name",
      "the name of a schema may hold its namespace",
      ["COD-058"],
      legacyFile(order, { name: "a.b.OrderPlaced" }),
      { namespace: "urn:a:b", data },
    ),
    accept(
      "urn-namespace",
      "a namespace that begins with urn is a URN",
      ["COD-058"],
      legacyFile(
        { source: ["string", "urn:shop.eu"], ...order },
        { name: "OrderPlaced", namespace: "urn.orders" },
      ),
      { namespace: "urn:orders", source: "urn:shop:eu", data },
    ),
    ...DATES.map((name) =>
      accept(
        `date-${name}`,
        `takes the date from ${name}`,
        ["COD-058", "COD-059"],
        legacyFile({ [name]: ["long", 1709202896999], ...order }),
        { date: 1709202896999n, data },
      ),
    ),
    accept(
      "date-double",
      "rounds a timestamp down",
      ["COD-058"],
      legacyFile({ timestamp: ["double", -0.5] }),
      { date: -1n },
    ),
    accept(
      "date-iso",
      "takes the date from a text",
      ["COD-058"],
      legacyFile({ date_iso: ["string", "2024-02-29T12:34:56.9999+02:00"] }),
      { date: 1709202896999n },
    ),
    accept(
      "date-iso8601",
      "takes the date from a text without an offset",
      ["COD-058"],
      legacyFile({ date_iso8601: ["string", "2024-02-29T10:34:56"] }),
      { date: 1709202896000n },
    ),
    accept(
      "date-order",
      "takes the first of all the names of dates",
      ["COD-058", "COD-059"],
      legacyFile({
        date_iso8601: ["string", "1999-01-01T00:00:00Z"],
        ...Object.fromEntries(DATES.map((name, i) => [name, ["long", i] as const]).reverse()),
        ...order,
      }),
      { date: 0n, data },
    ),
    accept(
      "date-first",
      "takes the first date there is, and leaves out the others",
      ["COD-058", "COD-059"],
      legacyFile({
        date_iso8601: ["string", "1999-01-01T00:00:00Z"],
        event_timestamp_ms: ["long", 2],
        timestamp_ms: ["long", 1],
        ...order,
      }),
      { date: 1n, data },
    ),
    accept(
      "side-fields",
      "fields beside the data are data, and replace it",
      ["COD-059"],
      legacyFile({
        data: [
          { type: "map", values: "long" },
          { a: 1, order: 1 },
        ],
        ...order,
        record_name: ["string", "x"],
        destination: ["string", "y"],
        ok: ["boolean", true],
      }),
      { data: { a: 1, order: 42, record_name: "x", destination: "y", ok: true } },
    ),
    refuse(
      "response",
      "a response of protocol 2",
      ["COD-060"],
      legacyFile({ type: ["string", "RESPONSE"], protocol_version: ["string", "2.0.0"], ...order }),
    ),
    ...wrong.map(([id, title, datum]) => refuse(`bad-${id}`, title, ["COD-058"], legacyFile(datum))),
  ];
}
