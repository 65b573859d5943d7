import { readFileSync } from "node:fs";
import avsc from "avsc";
import { describe, expect, test } from "vitest";
import { AVRO_ENVELOPES } from "../../../sdk-ts/src/gen/avro-envelopes.js";
import { RECORD_TYPES } from "../../../sdk-ts/src/gen/constants.js";
import { parseAvro } from "./differential/avro-form.js";
import { readSchema } from "./schemas.js";

interface Field {
  readonly name: string;
  readonly type: unknown;
}

/** The start of an Avro object container file. */
const HEADER = avsc.Type.forSchema({
  type: "record",
  name: "Header",
  fields: [
    { name: "magic", type: { type: "fixed", name: "Magic", size: 4 } },
    { name: "meta", type: { type: "map", values: "bytes" } },
  ],
});

/** The first schema that eventy 3.4.0 wrote into a file for a record of each type. */
function originalFields(type: string): Field[] {
  const path = new URL("../../../conformance/golden/eventy-3.4.0/avro.jsonl", import.meta.url);
  for (const line of readFileSync(path, "utf8").trim().split("\n")) {
    const golden = JSON.parse(line);
    if (golden.schema.type !== type) continue;
    const { meta } = HEADER.decode(Buffer.from(golden.bytes_base64, "base64")).value;
    return JSON.parse(meta["avro.schema"].toString("utf8")).fields;
  }
  throw new Error(`no golden record of type ${type}`);
}

describe.each(RECORD_TYPES)("the Avro schema of type %s", (type) => {
  const schema = readSchema(`avro/${type.toLowerCase()}.avsc`) as unknown as avsc.schema.RecordType;

  test("parses", () => {
    expect(parseAvro(schema).isValid({})).toBe(false);
  });

  test("has the names and types of eventy 3.4.0 in its order", () => {
    // Arrange: what is not in question is the data of the golden record.
    const original = originalFields(type).filter((field) => field.name !== "data");
    const own = (schema.fields as Field[]).filter((field) => field.name !== "data");

    // Assert
    expect(own.map(plain)).toEqual(original.map(plain));
  });

  test("is, without data, the envelope of the SDK", () => {
    expect(schema.fields.slice(0, -1)).toEqual(AVRO_ENVELOPES[type]);
    expect(schema.fields.at(-1)?.name).toBe("data");
  });
});

test("the data of a response may be the map that is always empty", () => {
  const { fields } = readSchema("avro/response.avsc") as unknown as avsc.schema.RecordType;
  expect(fields.at(-1)?.type).toEqual([
    { type: "map", values: [] },
    { type: "record", name: "Example_data", fields: [] },
  ]);
});

/** A field without what no reader looks at: docs, and the namespace that the enum has anyway. */
function plain({ name, type }: Field): Field {
  if (typeof type !== "object" || type === null || !("symbols" in type)) return { name, type };
  const { namespace: _, ...symbols } = type as { namespace?: string };
  return { name, type: symbols };
}
