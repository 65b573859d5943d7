import { describe, expect, it } from "vitest";
import { formatCommand, parseReply } from "../../src/testee/wire.js";

describe("formatCommand", () => {
  it("writes ASCII that means the same", () => {
    const service = "urn:é\u2028\ufeff🚀\u0000\u007f\n";
    const line = formatCommand("1", { case: "emit", value: { service } });
    expect(line).toMatch(/^[ -~]+$/);
    expect(JSON.parse(line)).toEqual({ id: "1", emit: { service } });
  });
});

describe("parseReply", () => {
  it("reads a value as deep as a record may be", () => {
    const value = (depth: number): string =>
      depth === 0 ? '{"boolean":true}' : `{"list":{"values":[${value(depth - 1)}]}}`;
    const line = `{"id":"1","decoded":{"record":{"data":{"entries":[{"key":"a","value":${value(127)}}]}}}}`;
    expect(parseReply(line).reply.case).toBe("decoded");
  });

  it.each(["", "null", "[]", "{", '{"id":1}', '{"id":"1","decoded":{"recrod":{}}}', '{"id":"1","x":{}}'])(
    "refuses %j",
    (line) => {
      expect(() => parseReply(line)).toThrow(/not a Reply/);
    },
  );

  it("refuses a value that is nested without end, and shows only its beginning", () => {
    const line = `{"id":"1","decoded":${'{"a":'.repeat(100_000)}1${"}".repeat(100_001)}`;
    expect(() => parseReply(line)).toThrow(/not a Reply/);
    const deep = `{"list":{"values":[`.repeat(100_000) + `]}}`.repeat(100_000);
    const record = `{"id":"1","decoded":{"record":{"data":{"entries":[{"key":"a","value":${deep}}]}}}}`;
    expect(() => parseReply(record)).toThrow(/^.{0,600}$/s);
  });
});
