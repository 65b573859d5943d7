import { readContainer } from "../../oracle/avro/container.js";
import type { Written } from "../codecs.js";

/** The bytes of the datum in what a testee wrote. */
export function writtenDatum(encoding: Written, bytes: Uint8Array): Buffer {
  if (encoding === "avro-single-object") return Buffer.from(bytes.subarray(10));
  return Buffer.concat(readContainer(bytes).blocks.map(({ items }) => items));
}
