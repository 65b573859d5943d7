import { describe, expect, test } from "vitest";
import { AvroSchemas, type Evsc } from "../../../../src/codec/avro/index.js";
import { errorOf } from "../../../record/error-of.js";
import { evscOf } from "../orders.js";

describe("an EVenty SChema", () => {
  test.each<[string, unknown]>([
    ["INVALID_SCHEMA protocol_version", { protocol_version: "3.0.0x" }],
    ["INVALID_SCHEMA protocol_version", { protocol_version: "2.0.0" }],
    ["INVALID_SCHEMA protocol_version", { protocol_version: undefined }],
    ["INVALID_SCHEMA namespace", { namespace: "orders" }],
    ["INVALID_SCHEMA", { namespace: "urn:1a" }],
    ["INVALID_SCHEMA", { name: "A-B" }],
    ["INVALID_SCHEMA name", { name: "" }],
    ["INVALID_SCHEMA type", { type: "COMMAND" }],
    ["INVALID_SCHEMA doc", { doc: 5 }],
    ["INVALID_SCHEMA data_fields", { data_fields: {} }],
    ["INVALID_SCHEMA data_fields[0].type", { data_fields: [{ name: "a", type: "integer" }] }],
    ["INVALID_SCHEMA data_field", { data_field: [] }],
    ["no error", { type: "event", doc: null, data_fields: null, protocol_version: "3.99.1-rc.1+x" }],
    ["no error", { data_fields: [{ name: "a-b", type: "int" }] }],
  ])("%s for %j", (expected, changes) => {
    const evsc = { ...evscOf(), ...(changes as Partial<Evsc>) };
    expect(errorOf(() => new AvroSchemas().register(evsc))).toBe(expected);
  });
});
