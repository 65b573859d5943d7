// Written without look-ahead, which the regular expressions of some validators lack.
const YEAR = "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})";
const LEAP_PAIR = "(0[48]|[2468][048]|[13579][26])";
const LEAP_YEAR = `([0-9]{2}${LEAP_PAIR}|${LEAP_PAIR}00)`;
const DAY_TO_28 = "(0[1-9]|1[0-9]|2[0-8])";
const LONG_MONTH = "(0[13578]|1[02])-31";
const NOT_FEBRUARY = "(0[13-9]|1[0-2])-(29|30)";
const ANY_MONTH = "(0[1-9]|1[0-2])";
const DATE = `(${YEAR}-(${ANY_MONTH}-${DAY_TO_28}|${NOT_FEBRUARY}|${LONG_MONTH})|${LEAP_YEAR}-02-29)`;
const TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{3}";

/** Matches an instant of the years 0001 to 9999 as records spell it: with milliseconds and `+00:00`. */
export const ISO8601_PATTERN: string = `^${DATE}T${TIME}[+]00:00$`;
