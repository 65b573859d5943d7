import { LosslessNumber } from "lossless-json";
import type { Mutant } from "../../src/mutation/mutant.js";
import { integerValue, stringValue } from "../../src/oracle/values.js";
import { editDatum, fieldsIn } from "../kit/avro.js";
import { breaking } from "../kit/breaking.js";
import { editJson, fieldsOf } from "../kit/json.js";
import { editMessage } from "../kit/protobuf.js";
import { forgives, misreads, refuses } from "../kit/reading.js";
import { rewrites } from "../kit/writing.js";

const FIRST = -62135596800000n;
const LAST = 253402300799999n;

function textIn(bytes: Buffer): string {
  return String(fieldsOf(bytes)["date_iso8601"]);
}

/** Refuses to read a date of JSON that is spelled in a way. */
function refusesDate(pattern: RegExp): Mutant["mutate"] {
  return refuses("json", (_, bytes) => pattern.test(textIn(bytes)));
}

/** Reads a date that is none. */
function readsDate(change: (text: string) => string): Mutant["mutate"] {
  const editText = editJson((fields) => {
    fields["date_iso8601"] = change(String(fields["date_iso8601"]));
  });
  return forgives("json", editText);
}

function editDates(change: (text: string) => string): (bytes: Buffer) => Buffer {
  return editDatum((fields) => {
    const { kind } = fields.get("date_iso8601") ?? {};
    if (kind?.case === "string") fields.set("date_iso8601", stringValue(change(kind.value)));
  });
}

/** Writes dates in JSON in another way. */
function writesDate(change: (text: string) => string): Mutant["mutate"] {
  return rewrites(
    "json",
    editJson((fields) => {
      fields["date_iso8601"] = change(String(fields["date_iso8601"]));
    }),
  );
}

/** Mutants of section 2.6, reading. */
export const readDateMutants: readonly Mutant[] = [
  ...breaking("REC-033", {
    "refuses Z": refusesDate(/Z$/),
    "refuses offsets other than zero": refusesDate(/[+-](?!00:00)\d\d:\d\d$/),
    "refuses the offset -00:00": refusesDate(/-00:00$/),
    "refuses a date without a fraction": refusesDate(/:\d\d[+Z-]/),
    "refuses nine digits of a fraction": refusesDate(/\.\d{9}/),
    "reads six digits of a fraction at most": refusesDate(/\.\d{7}/),
    "refuses year 9999": refusesDate(/^9999/),
    "refuses dates before 1970": refuses("every", ({ date }) => date < 0n),
  }),
  ...breaking("REC-034", {
    "takes a date without an offset as UTC": readsDate((text) => text.replace(/(T[\d:.]+)$/, "$1Z")),
    "takes a date without an offset as UTC in Avro": forgives(
      "avro",
      editDates((text) => text.replace(/(T[\d:.]+)$/, "$1Z")),
    ),
    "takes a date without a time": readsDate((text) => text.replace(/^([\d-]+)$/, "$1T00:00:00Z")),
    "takes letters in lower case": readsDate((text) => text.toUpperCase()),
    "takes a space for T": readsDate((text) => text.replace(/(?<=\d) /, "T")),
    "takes offsets without a colon": readsDate((text) => text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")),
    "takes ten digits of a fraction": readsDate((text) => text.replace(/(\.\d{9})\d+/, "$1")),
    "takes the comma of ISO 8601": readsDate((text) => text.replace(",", ".")),
    "takes 29 February of any year": readsDate((text) => text.replace("-02-29", "-02-28")),
    "takes the hour 24": readsDate((text) => text.replace("T24", "T23")),
    "takes the second 60": readsDate((text) => text.replace(":60Z", ":59Z")),
    "takes year 0": readsDate((text) => text.replace(/^0000/, "0001")),
    "takes years of six digits": readsDate((text) => text.replace(/^\+00/, "")),
    "looks at the year before the offset": readsDate((text) => text.replace(/[+-]\d\d:\d\d$/, "Z")),
    "trims a date": readsDate((text) => text.trim()),
    "takes offsets beyond a day": readsDate((text) => text.replace(/([+-])24:/, "$123:")),
  }),
  ...breaking("REC-035", {
    "rounds to the nearest millisecond": misreads("json", (record, bytes) => {
      if (/\.\d{3}[5-9]/.test(textIn(bytes))) record.date += 1n;
    }),
    "rounds towards 1970": misreads("json", (record, bytes) => {
      if (record.date < 0n && /\.\d{3}\d*[1-9]/.test(textIn(bytes))) record.date += 1n;
    }),
    "rounds up in Avro": misreads("avro", (record, bytes) => {
      const { kind } = fieldsIn(bytes).get("date_iso8601") ?? {};
      if (kind?.case === "string" && /\.\d{3}\d*[1-9]/.test(kind.value)) record.date += 1n;
    }),
  }),
  ...breaking("REC-036", {
    "takes date_timestamp in JSON": misreads("json", (record, bytes) => {
      record.date = BigInt(Number(String(fieldsOf(bytes)["date_timestamp"])));
    }),
    "takes date_timestamp in Avro": misreads("avro", (record, bytes) => {
      const { kind } = fieldsIn(bytes).get("date_timestamp") ?? {};
      if (kind?.case === "integer") record.date = kind.value;
    }),
    "refuses a record whose two dates differ": refuses(
      "json",
      ({ date }, bytes) => Number(String(fieldsOf(bytes)["date_timestamp"])) !== Number(date),
    ),
  }),
  ...breaking("REC-037", {
    "takes a date_timestamp that is a text": readsTimestamp((value) =>
      typeof value === "string" ? "0" : value,
    ),
    "takes a date_timestamp with a fraction": readsTimestamp((value) => String(value).replace(/\..*/, "")),
    "does not look at date_timestamp": readsTimestamp(() => "0"),
  }),
  ...breaking("REC-040", {
    "takes a Protobuf date of any year": forgives(
      "protobuf",
      editMessage((record) => {
        if (record.date < FIRST) record.date = FIRST;
        if (record.date > LAST) record.date = LAST;
      }),
    ),
    "takes a Protobuf date of year 10000": forgives(
      "protobuf",
      editMessage((record) => {
        if (record.date === LAST + 1n) record.date = LAST;
      }),
    ),
  }),
];

function readsTimestamp(change: (value: unknown) => unknown): Mutant["mutate"] {
  const edit = editJson((fields) => {
    if ("date_timestamp" in fields)
      fields["date_timestamp"] = new LosslessNumber(String(change(fields["date_timestamp"])));
  });
  return forgives("json", edit);
}

/** Mutants of section 2.6, writing, and of section 2.7. */
export const writtenDateMutants: readonly Mutant[] = [
  ...breaking("REC-038", {
    "writes dates with Z": writesDate((text) => text.replace("+00:00", "Z")),
    "writes dates with the offset +0000": writesDate((text) => text.replace("+00:00", "+0000")),
    "writes no fraction of whole seconds": writesDate((text) => text.replace(".000+", "+")),
    "writes microseconds": writesDate((text) => text.replace("+00:00", "000+00:00")),
    "writes years without leading zeros": writesDate((text) => text.replace(/^0+/, "")),
    "writes dates with Z in Avro": rewrites(
      "avro",
      editDates((text) => text.replace("+00:00", "Z")),
    ),
  }),
  ...breaking("REC-039", {
    "writes date_timestamp in seconds": rewrites(
      "json",
      editJson((fields) => {
        fields["date_timestamp"] = new LosslessNumber(
          String(Math.floor(Number(String(fields["date_timestamp"])) / 1000)),
        );
      }),
    ),
    "writes a date_timestamp that is off by one before 1970": rewrites(
      "json",
      editJson((fields) => {
        const timestamp = Number(String(fields["date_timestamp"]));
        if (timestamp < 0) fields["date_timestamp"] = new LosslessNumber(String(timestamp + 1));
      }),
    ),
    "writes date_timestamp in seconds in Avro": rewrites(
      "avro",
      editDatum((fields) => {
        const { kind } = fields.get("date_timestamp") ?? {};
        if (kind?.case === "integer") fields.set("date_timestamp", integerValue(kind.value / 1000n));
      }),
    ),
  }),
  ...breaking("REC-041", {
    "takes an error_code with a fraction": readsErrorCode((code) => String(Math.trunc(code))),
    "takes an error_code beyond 32 bits": readsErrorCode((code) => String(code | 0)),
  }),
];

function readsErrorCode(change: (code: number) => string): Mutant["mutate"] {
  const edit = editJson((fields) => {
    if (fields["error_code"] instanceof LosslessNumber)
      fields["error_code"] = new LosslessNumber(change(Number(fields["error_code"].toString())));
  });
  return forgives("json", edit);
}
