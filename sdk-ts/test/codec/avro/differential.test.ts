import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AvroSchemas, avroContainerCodec, avroSingleObjectCodec } from "../../../src/codec/avro/index.js";
import { writeWire } from "../../../src/record/index.js";
import { schooled } from "../../interop/avro-arbitraries.js";
import { plainFromRecord } from "../../interop/plain.js";
import { avscRead, avscType, schemaIn } from "./avsc-oracle.js";

const SINGLE_OBJECT_HEADER = 10;

describe("records of any schema", () => {
  test("come back as they were, from both encodings", () => {
    fc.assert(
      fc.property(schooled, ({ evsc, record }) => {
        const schemas = new AvroSchemas().register(evsc);
        for (const codec of [avroContainerCodec(schemas), avroSingleObjectCodec(schemas)]) {
          expect(plainFromRecord(codec.decode(codec.encode(record)))).toEqual(plainFromRecord(record));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("are the same to the package avsc, and have the same bytes", () => {
    fc.assert(
      fc.property(schooled, ({ evsc, record }) => {
        // avsc takes a key `__proto__` for the prototype of the map.
        fc.pre(!inspect(record, { depth: null }).includes("__proto__"));
        const schemas = new AvroSchemas().register(evsc);
        const type = avscType(schemaIn(avroContainerCodec(schemas).encode(record)));
        const datum = avroSingleObjectCodec(schemas).encode(record).subarray(SINGLE_OBJECT_HEADER);

        expect(avscRead(type, datum)).toEqual(writeWire(record, "avro"));
        expect(Buffer.compare(type.toBuffer(type.fromBuffer(Buffer.from(datum))), datum)).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
