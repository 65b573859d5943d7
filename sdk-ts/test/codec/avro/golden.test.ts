import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  AvroSchemas,
  avroContainerCodec,
  avroSingleObjectCodec,
  type Evsc,
} from "../../../src/codec/avro/index.js";
import { writeWire } from "../../../src/record/index.js";

interface Golden {
  readonly schema: Evsc;
  readonly bytes_base64: string;
  readonly record: { readonly [field: string]: unknown };
}

const FILE = new URL("../../../../conformance/golden/eventy-3.4.0/avro.jsonl", import.meta.url);
const CASES: readonly Golden[] = readFileSync(FILE, "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));

test("there are golden records", () => {
  expect(CASES).toHaveLength(60);
});

test.each(CASES)("golden record $id decodes, and survives encoding", ({ schema, bytes_base64, record }) => {
  const schemas = new AvroSchemas().register(schema);
  const container = avroContainerCodec(schemas);

  const decoded = container.decode(Buffer.from(bytes_base64, "base64"));

  const { date_iso8601: _, ...fields } = writeWire(decoded, "json");
  const { date_iso8601: __, ...expected } = record;
  expect(fields).toEqual(revive(expected));
  for (const codec of [container, avroSingleObjectCodec(schemas)]) {
    expect(codec.decode(codec.encode(decoded))).toEqual(decoded);
  }
});

/** Values in the notation of the golden files. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== "object" || value === null) return value;
  if ("$int" in value) return BigInt(String(value.$int));
  if ("$bytes" in value) return new Uint8Array(Buffer.from(String(value.$bytes), "base64"));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revive(member)]));
}
