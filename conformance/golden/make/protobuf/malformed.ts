import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { BYTES, CONTEXT, field, integer, join, PARTITION_KEY, refuse, withData } from "./messages.js";

/** Bytes that are no message. */
export function malformed(): DecodeLine[] {
  const cases: [id: string, title: string, requirement: string, ...bytes: Uint8Array[]][] = [
    ["tag-zero", "field number 0", "COD-070", BYTES, new Uint8Array([0x02, 0x00])],
    ["wire-type-6", "wire type 6", "COD-070", BYTES, new Uint8Array([0xa6, 0x06])],
    ["wire-type-7", "wire type 7", "COD-070", BYTES, new Uint8Array([0xa7, 0x06])],
    [
      "varint-long",
      "a variable-length integer of 11 bytes",
      "COD-070",
      BYTES,
      new Uint8Array([0xa0, 0x06]),
      new Uint8Array(10).fill(0x80),
      new Uint8Array([0x01]),
    ],
    [
      "length-beyond",
      "a length beyond the end",
      "COD-070",
      BYTES,
      new Uint8Array([0xa2, 0x06, 0xff, 0xff, 0xff, 0xff, 0x07, 0x00]),
    ],
    [
      "length-one-beyond",
      "a length one beyond the end",
      "COD-070",
      BYTES,
      new Uint8Array([0xa2, 0x06, 0x02, 0x00]),
    ],
    [
      "inner-length-beyond",
      "a length beyond the end of an inner message",
      "COD-070",
      BYTES,
      field(CONTEXT, new Uint8Array([0x0a, 0x05, 0x75])),
    ],
    ["group-open", "a group that does not end", "COD-070", BYTES, new Uint8Array([0xa3, 0x06, 0x08, 0x01])],
    ["group-end", "the end of a group that did not begin", "COD-070", BYTES, new Uint8Array([0xa4, 0x06])],
    ["cut-tag", "a tag that is cut short", "COD-002", BYTES, new Uint8Array([0xa0])],
    [
      "cut-fixed",
      "a fixed number that is cut short",
      "COD-002",
      BYTES,
      new Uint8Array([0xa1, 0x06, 1, 2, 3]),
    ],
    ["utf-8", "a text that is not UTF-8", "COD-004", BYTES, field(3, new Uint8Array([0xff]))],
    [
      "utf-8-surrogate",
      "an encoded surrogate",
      "COD-004",
      BYTES,
      field(PARTITION_KEY, new Uint8Array([0xed, 0xa0, 0x80])),
    ],
    [
      "utf-8-key",
      "a key that is not UTF-8",
      "COD-004",
      withData(join(field(1, new Uint8Array([0xc0, 0x80])), field(2, integer(1)))),
    ],
  ];
  return cases.map(([id, title, requirement, ...bytes]) =>
    refuse(id, `refuses ${title}`, [requirement], join(...bytes), "MALFORMED"),
  );
}
