import { Refusal } from "./refusal.js";

const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;
const YEAR_0001 = -62135596800000;
const YEAR_9999_END = 253402300799999;

/** The milliseconds since 1970 of an ISO 8601 date and time with an offset; rounds down. */
export function parseInstant(text: string): number {
  const parts = FORM.exec(text);
  if (!parts) throw new Refusal(`not a date and time with an offset: ${text}`);
  const [, year, month, day, hour, minute, second, fraction = "", sign, offsetHours, offsetMinutes] = parts;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, "0").slice(0, 3)));
  const spelled = date.toISOString().slice(0, 19);
  if (spelled !== text.slice(0, 19)) throw new Refusal(`no such date or time: ${text}`);
  if (Number(offsetHours ?? 0) > 23 || Number(offsetMinutes ?? 0) > 59)
    throw new Refusal(`no such offset: ${text}`);
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * 60_000;
  return checkInstant(date.getTime() - (sign === "-" ? -offset : offset));
}

/** The written form of an instant: three fraction digits, offset +00:00. */
export function formatInstant(milliseconds: number): string {
  return new Date(checkInstant(milliseconds)).toISOString().replace("Z", "+00:00");
}

/** Refuses an instant outside the years 0001 to 9999. */
function checkInstant(milliseconds: number): number {
  if (!Number.isInteger(milliseconds) || milliseconds < YEAR_0001 || milliseconds > YEAR_9999_END) {
    throw new Refusal(`not an instant of the years 0001 to 9999: ${milliseconds}`);
  }
  return milliseconds;
}
