import { describe, expect, test } from "vitest";
import {
  avroContainerCodec,
  avroSingleObjectCodec,
  type ContainerOptions,
  readContainer,
} from "../../../src/codec/avro/index.js";
import { errorOf } from "../../record/error-of.js";
import { containerOf, schemaIn } from "./avsc-oracle.js";
import { ORDER, orderPlaced, schemasOf } from "./orders.js";

const schemas = schemasOf();
const codec = avroContainerCodec(schemas);
const file = codec.encode(orderPlaced());
const schema = schemaIn(file);

function datum(order: number): Uint8Array {
  return avroSingleObjectCodec(schemas)
    .encode(orderPlaced({ ...ORDER, order }))
    .subarray(10);
}

function ordersIn(bytes: Uint8Array, options?: ContainerOptions): unknown[] {
  return [...readContainer(bytes, options)].map((record) => record.data["order"]);
}

describe("container files", () => {
  test("are the same for the same record", () => {
    expect(codec.encode(orderPlaced())).toEqual(file);
  });

  test("are recognised by their first bytes", () => {
    expect(codec.recognises?.(file)).toBe(true);
    expect(codec.recognises?.(file.subarray(0, 3))).toBe(false);
    expect(codec.recognises?.(Buffer.from("{}"))).toBe(false);
  });

  test.each([null, "null", "deflate", "snappy"])("are read with the compression %s", (compression) => {
    expect(codec.decode(containerOf(schema, [[datum(7)]], compression)).data).toEqual({ ...ORDER, order: 7 });
  });

  test.each(["null", "deflate", "snappy"])("give all records of their blocks, with %s", (compression) => {
    const blocks = [[datum(1), datum(2)], [], [datum(3)]];

    expect(ordersIn(containerOf(schema, blocks, compression))).toEqual([1, 2, 3]);
  });

  test("are read where Python's library left part of a checksum in a deflated block", () => {
    const bytes = Buffer.from(containerOf(schema, [[datum(7)]], "deflate"));
    const start = bytes.indexOf("0123456789abcdef") + 16;
    const counts = bytes.subarray(start, start + 3);
    const size = ((counts[1] ?? 0) & 0x7f) | ((counts[2] ?? 0) << 7);
    const longer = size + 2 * 3;
    const head = [...bytes.subarray(0, start), counts[0] ?? 0, (longer & 0x7f) | 0x80, longer >> 7];
    const body = bytes.subarray(start + 3, bytes.length - 16);

    const python = Buffer.concat([Buffer.from(head), body, Buffer.from([1, 2, 3]), bytes.subarray(-16)]);

    expect(codec.decode(python).data["order"]).toBe(7);
  });

  test("with no record or with several are refused by the codec", () => {
    expect(errorOf(() => codec.decode(containerOf(schema, [])))).toBe("INVALID_RECORD");
    expect(errorOf(() => codec.decode(containerOf(schema, [[datum(1), datum(2)]])))).toBe("INVALID_RECORD");
    expect(errorOf(() => codec.decode(containerOf(schema, [[datum(1)], [datum(2)]])))).toBe("INVALID_RECORD");
  });

  test("with another compression are refused", () => {
    expect(errorOf(() => codec.decode(containerOf(schema, [[datum(1)]], "zstandard")))).toBe(
      "UNKNOWN_ENCODING",
    );
  });

  test.each(["deflate", "snappy"])("do not grow beyond a limit, with %s", (compression) => {
    const note = "a".repeat(100_000);
    const record = avroSingleObjectCodec(schemas)
      .encode(orderPlaced({ ...ORDER, note }))
      .subarray(10);
    const bytes = containerOf(schema, [[record]], compression);

    expect(ordersIn(bytes)).toEqual([42]);
    expect(errorOf(() => ordersIn(bytes, { maxBlockBytes: 50_000 }))).toBe("LIMIT_EXCEEDED");
  });

  test("with a wrong checksum or sync marker are refused", () => {
    const bytes = containerOf(schema, [[datum(7)]], "snappy");
    for (const fromEnd of [17, 1]) {
      const changed = Uint8Array.from(bytes);
      changed[changed.length - fromEnd] = (changed[changed.length - fromEnd] ?? 0) ^ 1;
      expect(errorOf(() => codec.decode(changed))).toBe("MALFORMED");
    }
  });

  test("keep nothing of the bytes", () => {
    const bytes = Uint8Array.from(file);
    const record = codec.decode(bytes);
    bytes.fill(0);

    expect(record).toEqual(orderPlaced());
  });
});
