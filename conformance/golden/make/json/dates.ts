import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { accept, EVENT, jsonText, refuse } from "./texts.js";

const DATES: readonly [id: string, text: string, milliseconds: bigint][] = [
  ["none", "2024-02-29T10:34:56+00:00", 1709202896000n],
  ["1-digit", "2024-02-29T10:34:56.9+00:00", 1709202896900n],
  ["2-digits", "2024-02-29T10:34:56.98+00:00", 1709202896980n],
  ["4-digits", "2024-02-29T10:34:56.9876+00:00", 1709202896987n],
  ["5-digits", "2024-02-29T10:34:56.98765+00:00", 1709202896987n],
  ["6-digits", "2024-02-29T10:34:56.987999+00:00", 1709202896987n],
  ["7-digits", "2024-02-29T12:34:56.9999999+02:00", 1709202896999n],
  ["8-digits", "2024-02-29T10:34:56.00000001Z", 1709202896000n],
  ["9-digits", "2024-02-29T10:34:56.999999999Z", 1709202896999n],
  ["before-1970-digits", "1969-12-31T23:59:59.9999Z", -1n],
  ["1900", "1900-01-01T00:00:00.001999+00:00", -2208988799999n],
  ["offset-east", "1970-01-01T05:45:00+05:45", 0n],
  ["offset-west", "1969-12-31T12:00:00-12:00", 0n],
  ["offset-far", "1970-01-01T23:59:00+23:59", 0n],
  ["offset-minus-zero", "0001-01-01T00:00:00-00:00", -62135596800000n],
  ["year-1-offset", "0001-01-01T01:00:00+01:00", -62135596800000n],
  ["year-9999-digits", "9999-12-31T23:59:59.999999Z", 253402300799999n],
  ["year-9999-offset", "9999-12-31T22:59:59.999-01:00", 253402300799999n],
];

const BAD_DATES: readonly [id: string, text: string][] = [
  ["no-offset", "2024-02-29T10:34:56"],
  ["no-seconds", "2024-02-29T10:34Z"],
  ["no-time", "2024-02-29"],
  ["space", "2024-02-29 10:34:56+00:00"],
  ["lower-case", "2024-02-29t10:34:56z"],
  ["compact", "20240229T103456Z"],
  ["short-offset", "2024-02-29T10:34:56+00"],
  ["compact-offset", "2024-02-29T10:34:56+0000"],
  ["offset-hours", "2024-02-29T10:34:56+24:00"],
  ["offset-minutes", "2024-02-29T10:34:56+00:60"],
  ["10-digits", "2024-02-29T10:34:56.0123456789Z"],
  ["no-digits", "2024-02-29T10:34:56.Z"],
  ["comma", "2024-02-29T10:34:56,5Z"],
  ["no-such-day", "2023-02-29T10:34:56Z"],
  ["month-13", "2024-13-01T10:34:56Z"],
  ["month-0", "2024-00-01T10:34:56Z"],
  ["day-0", "2024-01-00T10:34:56Z"],
  ["hour-24", "2024-02-28T24:00:00Z"],
  ["minute-60", "2024-02-28T10:60:00Z"],
  ["second-60", "2016-12-31T23:59:60Z"],
  ["year-0", "0000-12-31T23:59:59Z"],
  ["before-year-1", "0001-01-01T00:00:00+01:00"],
  ["beyond-year-9999", "9999-12-31T23:59:59-00:01"],
  ["year-10000", "10000-01-01T00:00:00Z"],
  ["signed-year", "+002024-02-29T10:34:56Z"],
  ["leading-space", " 2024-02-29T10:34:56Z"],
  ["line-feed", "2024-02-29T10:34:56Z\n"],
  ["other-digits", "٢٠٢٤-02-29T10:34:56Z"],
  ["empty", ""],
  ["word", "yesterday"],
];

/** Texts of dates. */
export function dates(): DecodeLine[] {
  return [
    accept(
      "date-timestamp-differs",
      "the text counts where the dates differ",
      ["REC-036"],
      jsonText(EVENT, { date_timestamp: "1" }),
      EVENT,
    ),
    accept(
      "date-timestamp-double",
      "a date_timestamp may be spelled as a double",
      ["REC-036", "REC-045"],
      jsonText(EVENT, { date_timestamp: "1709202896999.0" }),
      EVENT,
    ),
    ...DATES.map(([id, text, date]) =>
      accept(
        `date-${id}`,
        `reads the date ${text}`,
        ["REC-033", "REC-035"],
        jsonText(EVENT, { date_iso8601: JSON.stringify(text) }),
        { data: { order: 42 }, date },
      ),
    ),
    ...BAD_DATES.map(([id, text]) =>
      refuse(
        `bad-date-${id}`,
        `refuses the date ${JSON.stringify(text)}`,
        ["REC-034"],
        jsonText(EVENT, { date_iso8601: JSON.stringify(text) }),
        "INVALID_RECORD",
      ),
    ),
  ];
}
