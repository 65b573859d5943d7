import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AdapterError } from "../../src/testee/adapter-error.js";
import { LineSplitter } from "../../src/testee/lines.js";

describe("LineSplitter", () => {
  it("finds the same lines however the stream is cut", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\r", "\0", "é", "\u2028", "😀") });
    fc.assert(
      fc.property(fc.array(text), fc.array(fc.nat(200)), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
        const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length];
        edges.sort((one, other) => one - other);
        const splitter = new LineSplitter();
        const found = edges.flatMap((edge, index) => [
          ...splitter.push(bytes.subarray(edge, edges[index + 1])),
        ]);
        expect(found).toEqual(lines);
      }),
    );
  });

  it("keeps back a line that has no end", () => {
    const splitter = new LineSplitter();
    expect([...splitter.push(Buffer.from("one\ntw"))]).toEqual(["one"]);
    expect([...splitter.push(Buffer.from("o\n"))]).toEqual(["two"]);
  });

  it("refuses a line that is too long, ended or not", () => {
    const splitter = new LineSplitter(4);
    expect([...splitter.push(Buffer.from("1234\n"))]).toEqual(["1234"]);
    expect(() => [...new LineSplitter(4).push(Buffer.from("12345\n"))]).toThrow(AdapterError);
    expect(() => [...new LineSplitter(4).push(Buffer.from("12345"))]).toThrow(AdapterError);
  });

  it("refuses what is not UTF-8", () => {
    expect(() => [...new LineSplitter().push(Uint8Array.of(0xc3, 0x0a))]).toThrow(/not UTF-8/);
  });
});
