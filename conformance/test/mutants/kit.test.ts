import { describe, expect, it } from "vitest";
import { editDatum, editRaw } from "../../mutants/kit/avro.js";
import { editFile, long, parseFile, Reader } from "../../mutants/kit/avro-file.js";
import { mendUtf8 } from "../../mutants/kit/bytes.js";
import { editJson, pruneJson } from "../../mutants/kit/json.js";
import { interopLines } from "../../src/cases/golden/interop.js";

function files(): Buffer[] {
  return interopLines("avro").map(({ bytes_base64 }) => Buffer.from(bytes_base64, "base64"));
}

describe("the tools of mutants", () => {
  it("take a container file apart and put it together", () => {
    for (const file of files()) expect(editFile(() => {})(file).equals(file)).toBe(true);
  });

  it("change nothing in a datum that is edited in nothing", () => {
    for (const file of files()) {
      const before = parseFile(file).blocks;
      expect(parseFile(editRaw((_, raw) => raw)(file)).blocks).toEqual(before);
      const schema = (bytes: Buffer) => JSON.parse(String(parseFile(bytes).meta.get("avro.schema")));
      expect(schema(editDatum(() => {})(file))).toEqual(schema(file));
    }
  });

  it("read the integers that they write, and no bytes that are not there", () => {
    for (const value of [0n, -1n, 64n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)])
      expect(new Reader(long(value)).long()).toBe(value);
    expect(() => new Reader(Buffer.from([1])).sized()).toThrow(RangeError);
    expect(() => new Reader(Buffer.from([4, 0])).sized()).toThrow(RangeError);
  });

  it("keep the spelling of numbers in JSON", () => {
    const json = '{"a":12345678901234567890,"b":1.0,"c":[{"d":{}}]}';
    expect(editJson(() => {})(Buffer.from(json)).toString()).toBe(json);
    expect(editJson((fields) => pruneJson(fields, 2))(Buffer.from(json)).toString()).toBe(
      '{"a":12345678901234567890,"b":1.0,"c":[{"d":null}]}',
    );
  });

  it("mend UTF-8 without a change of length", () => {
    expect(mendUtf8(Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x62]))?.toString()).toBe("a???b");
    expect(mendUtf8(Buffer.from("ab"))).toBeUndefined();
  });
});
