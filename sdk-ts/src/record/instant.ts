import { LIMITS } from "../gen/constants.js";
import { EventyError } from "./errors.js";

const ISO_8601 =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

// The calendar repeats itself after 400 years; Date.UTC takes the years 0 to 99 for the 20th century.
const CYCLE_YEARS = 400;
const DAY = 86_400_000;
const CYCLE_MILLISECONDS = 146_097 * DAY;

// Records that follow one another are of the same day, mostly, and formatting a day is the slow part.
let lastDay = Number.NaN;
let lastDate = "";

/**
 * Milliseconds since 1970-01-01T00:00:00Z of an ISO 8601 date with an offset.
 *
 * Digits beyond the millisecond are cut off, which rounds down before 1970 too.
 *
 * @throws EventyError INVALID_RECORD if the text is no such date, or one outside of the years 0001 to 9999.
 */
export function parseInstant(text: string, path = ""): number {
  if (!ISO_8601.test(text)) throw invalid(text, "is not an ISO 8601 date with an offset", path);
  const day = digits(text, 8, 2);
  const midnight = Date.UTC(digits(text, 0, 4) + CYCLE_YEARS, digits(text, 5, 2) - 1, day);
  if (day > 28 && new Date(midnight).getUTCDate() !== day)
    throw invalid(text, "is a day that does not exist", path);
  const minutes = digits(text, 11, 2) * 60 + digits(text, 14, 2) - offsetMinutes(text);
  const milliseconds = minutes * 60_000 + digits(text, 17, 2) * 1000 + fraction(text);
  return checkInstant(midnight - CYCLE_MILLISECONDS + milliseconds, path);
}

/** The one written form of an instant: three fraction digits and the offset `+00:00`. */
export function formatInstant(milliseconds: number): string {
  const day = Math.floor(milliseconds / DAY);
  if (day !== lastDay) {
    lastDay = day;
    lastDate = new Date(day * DAY).toISOString().slice(0, 11);
  }
  const time = milliseconds - day * DAY;
  const hour = padded(time / 3_600_000, 2);
  const minute = padded((time / 60_000) % 60, 2);
  const second = padded((time / 1000) % 60, 2);
  return `${lastDate}${hour}:${minute}:${second}.${padded(time % 1000, 3)}+00:00`;
}

/**
 * The given value, if it is an instant in integer milliseconds within the years 0001 to 9999.
 *
 * @throws EventyError INVALID_RECORD otherwise.
 */
export function checkInstant(value: unknown, path = ""): number {
  if (Number.isInteger(value)) {
    const milliseconds = value as number;
    if (milliseconds >= LIMITS.dateMin && milliseconds <= LIMITS.dateMax) return milliseconds;
  }
  throw invalid(value, "is not a date in integer milliseconds within the years 0001 to 9999", path);
}

function offsetMinutes(text: string): number {
  if (text.endsWith("Z")) return 0;
  const at = text.length - 6;
  const minutes = digits(text, at + 1, 2) * 60 + digits(text, at + 4, 2);
  return text[at] === "-" ? -minutes : minutes;
}

function fraction(text: string): number {
  if (text[19] !== ".") return 0;
  const end = text.endsWith("Z") ? text.length - 1 : text.length - 6;
  const count = Math.min(end - 20, 3);
  return digits(text, 20, count) * 10 ** (3 - count);
}

function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) number = number * 10 + text.charCodeAt(at) - 48;
  return number;
}

function padded(number: number, width: number): string {
  return String(Math.floor(number)).padStart(width, "0");
}

function invalid(value: unknown, problem: string, path: string): EventyError {
  const shown = typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : String(value);
  return new EventyError("INVALID_RECORD", `${shown} ${problem}`, { path });
}
