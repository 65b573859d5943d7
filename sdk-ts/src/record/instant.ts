import { LIMITS } from "../gen/constants.js";
import { EventyError } from "./errors.js";

const ISO_8601 =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/**
 * Milliseconds since 1970-01-01T00:00:00Z of an ISO 8601 date with an offset.
 *
 * Digits beyond the millisecond are cut off, which rounds down before 1970 too.
 *
 * @throws EventyError INVALID_RECORD if the text is no such date, or one outside of the years 0001 to 9999.
 */
export function parseInstant(text: string, path = ""): number {
  const match = ISO_8601.exec(text);
  if (match === null) throw invalid(text, "is not an ISO 8601 date with an offset", path);
  const [, year, month, day, hour, minute, second, fraction = "", sign, offsetHour, offsetMinute] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) {
    throw invalid(text, "is a day that does not exist", path);
  }
  const offset = sign === undefined ? 0 : Number(`${sign}1`) * minutes(offsetHour, offsetMinute);
  const milliseconds =
    date.getTime() +
    (minutes(hour, minute) - offset) * 60_000 +
    Number(second) * 1000 +
    Number(fraction.slice(0, 3).padEnd(3, "0"));
  return checkInstant(milliseconds, path);
}

/** The one written form of an instant: three fraction digits and the offset `+00:00`. */
export function formatInstant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, -1)}+00:00`;
}

/**
 * The given milliseconds, if they are an integer within the years 0001 to 9999.
 *
 * @throws EventyError INVALID_RECORD otherwise.
 */
export function checkInstant(milliseconds: unknown, path = ""): number {
  if (
    typeof milliseconds === "number" &&
    Number.isInteger(milliseconds) &&
    milliseconds >= LIMITS.dateMin &&
    milliseconds <= LIMITS.dateMax
  ) {
    return milliseconds;
  }
  throw invalid(milliseconds, "is not a date in integer milliseconds within the years 0001 to 9999", path);
}

function invalid(value: unknown, problem: string, path: string): EventyError {
  const shown = typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : String(value);
  return new EventyError("INVALID_RECORD", `${shown} ${problem}`, { path });
}

function minutes(hour: string | undefined, minute: string | undefined): number {
  return Number(hour) * 60 + Number(minute);
}
