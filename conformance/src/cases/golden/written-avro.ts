import { readContainer } from "../../oracle/avro/container.js";
import type { Written } from "../codecs.js";

const DATE = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/;

/** The bytes of the datum in what a testee wrote. */
export function writtenDatum(encoding: Written, bytes: Uint8Array): Buffer {
  if (encoding === "avro-single-object") return Buffer.from(bytes.subarray(10));
  return Buffer.concat(readContainer(bytes).blocks.map(({ items }) => items));
}

/** The part of a datum that holds unions of users' values: what follows the date, whose spelling is another matter. */
export function afterDate(datum: Buffer): Buffer {
  const date = DATE.exec(datum.toString("latin1"));
  return date ? datum.subarray(date.index + date[0].length) : datum;
}
