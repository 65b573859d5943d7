import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, parseInstant } from "../../src/record/index.js";

const MIN = -62_135_596_800_000;
const MAX = 253_402_300_799_999;

describe("parseInstant", () => {
  test.each([
    ["1970-01-01T00:00:00Z", 0],
    ["1970-01-01T00:00:01+00:00", 1000],
    ["1969-12-31T23:59:59.999999999+00:00", -1],
    ["1969-12-31T23:59:59.9990001Z", -1],
    ["1969-12-31T23:59:59.1+00:00", -900],
    ["2026-11-23T22:32:39.123000+00:00", 1795473159123],
    ["2026-11-24T00:32:39.12+02:00", 1795473159120],
    ["2026-11-23T22:02:39.1-00:30", 1795473159100],
    ["2024-02-29T00:00:00Z", 1709164800000],
    ["2000-02-29T00:00:00Z", 951782400000],
    ["0001-01-01T00:00:00.000+00:00", MIN],
    ["0099-12-31T23:59:59.000Z", -59011459201000],
    ["9999-12-31T23:59:59.999+00:00", MAX],
    ["0000-12-31T23:59:59.999-00:01", MIN + 59_999],
  ])("reads %s", (text, milliseconds) => {
    expect(parseInstant(text)).toBe(milliseconds);
  });

  test.each([
    "yesterday",
    "2026-11-23",
    "2026-11-23T22:32:39",
    "2026-11-23 22:32:39Z",
    "2026-11-23T22:32Z",
    "2026-11-23T24:00:00Z",
    "2026-11-23T22:60:00Z",
    "2026-11-23T22:32:60Z",
    "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-23T22:32:39.Z",
    "2026-11-23T22:32:39.1234567890Z",
    "2026-11-23T22:32:39+24:00",
    "2026-11-23T22:32:39+0100",
    "2026-11-23T22:32:39Z\n",
    "0000-12-31T23:59:59Z",
    "9999-12-31T23:59:59-00:01",
    "0001-01-01T00:00:00+00:01",
  ])("refuses %j", (text) => {
    expect(() => parseInstant(text, "date_iso8601")).toThrow(
      expect.objectContaining({ code: "INVALID_RECORD", path: "date_iso8601" }),
    );
  });
});

describe("formatInstant", () => {
  test.each([
    [0, "1970-01-01T00:00:00.000+00:00"],
    [-1, "1969-12-31T23:59:59.999+00:00"],
    [MIN, "0001-01-01T00:00:00.000+00:00"],
    [MAX, "9999-12-31T23:59:59.999+00:00"],
  ])("writes %d", (milliseconds, text) => {
    expect(formatInstant(milliseconds)).toBe(text);
  });

  test("is what parseInstant and the platform's own Date read", () => {
    fc.assert(
      fc.property(fc.integer({ min: MIN, max: MAX }), (milliseconds) => {
        const text = formatInstant(milliseconds);
        expect(parseInstant(text)).toBe(milliseconds);
        expect(Date.parse(text)).toBe(milliseconds);
      }),
    );
  });
});
