import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AvroSchemas, avroContainerCodec } from "../../src/codec/avro/index.js";
import { jsonCodec } from "../../src/codec/json/index.js";
import { mapOf, recordType, recordWith, text, value } from "./arbitraries.js";
import { schooled } from "./avro-arbitraries.js";
import { Original } from "./original.js";
import { plainFromRecord, withDateOf } from "./plain.js";

describe("eventy 3.4.0 reads what the SDK writes", () => {
  let original: Original;

  beforeAll(() => {
    original = new Original();
  });

  afterAll(() => original.stop());

  test("in JSON", async () => {
    const namespace = text.map((rest) => `urn:${rest}`);
    const records = recordType.chain((type) =>
      recordWith(type, { namespace, name: text }, mapOf(mapOf(value)), mapOf(value)),
    );
    await fc.assert(
      fc.asyncProperty(records, async (record) => {
        const read = await original.read("JSON", jsonCodec().encode(record));
        expect(withDateOf(record, read)).toEqual(plainFromRecord(record));
      }),
      { numRuns: 300 },
    );
  });

  test("in Avro", async () => {
    await fc.assert(
      fc.asyncProperty(schooled, async ({ evsc, record }) => {
        const codec = avroContainerCodec(new AvroSchemas().register(evsc));
        const read = await original.read("AVRO", codec.encode(record));
        expect(withDateOf(record, read)).toEqual(plainFromRecord(record));
      }),
      { numRuns: 150 },
    );
  });
});
