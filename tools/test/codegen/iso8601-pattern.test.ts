import { expect, test } from "vitest";
import { ISO8601_PATTERN } from "../../src/codegen/iso8601-pattern.js";

const pattern = new RegExp(ISO8601_PATTERN, "u");

test("the pattern knows the calendar", () => {
  const wrong: string[] = [];
  for (const year of ["0000", "0001", "0004", "0100", "0400", "1900", "2000", "2023", "2024", "9996", "9999"])
    for (let month = 0; month <= 13; month++)
      for (let day = 0; day <= 32; day++) {
        const date = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        if (pattern.test(`${date}T00:00:00.000+00:00`) !== exists(date)) wrong.push(date);
      }
  expect(wrong).toEqual([]);
});

test.each([
  ["00:00:00.000+00:00", true],
  ["23:59:59.999+00:00", true],
  ["24:00:00.000+00:00", false],
  ["23:60:00.000+00:00", false],
  ["23:59:60.000+00:00", false],
  ["00:00:00.00+00:00", false],
  ["00:00:00.0000+00:00", false],
  ["00:00:00,000+00:00", false],
  ["00:00:00.000Z", false],
  ["00:00:00.000-00:00", false],
  ["00:00:00.000+00:00\n", false],
])("the time %s matches: %s", (time, matches) => {
  expect(pattern.test(`2024-02-29T${time}`)).toBe(matches);
});

/** Whether a day is in the calendar of years 0001 to 9999: a day that is not moves when it is read. */
function exists(date: string): boolean {
  const instant = new Date(`${date}T00:00:00.000Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date) && date >= "0001";
}
