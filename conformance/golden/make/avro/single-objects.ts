import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { inferFields } from "../../../src/oracle/avro/infer.js";
import { encodeAvro, encodeSingleObject } from "../../../src/oracle/index.js";
import { recordOf, schemaOf } from "../base.js";
import { accept, PLAIN, refuse } from "./files.js";

/** Decode cases of Avro single objects alone. */
export function singleObjectLines(): DecodeLine[] {
  const schema = schemaOf(PLAIN, inferFields(PLAIN));
  const bytes = encodeSingleObject(PLAIN, schema);
  const single = { encoding: "avro-single-object", schema } as const;
  const other = encodeSingleObject(recordOf({ name: "Other" }), schemaOf(recordOf({ name: "Other" })));
  const flipped = Uint8Array.from(bytes);
  flipped[9] = (flipped[9] ?? 0) ^ 1;
  const refusals: [id: string, title: string, requirement: string, bytes: Uint8Array, code: string][] = [
    ["fingerprint", "the fingerprint of another schema", "COD-044", other, "UNKNOWN_SCHEMA"],
    ["fingerprint-bit", "a fingerprint with one other bit", "COD-044", flipped, "UNKNOWN_SCHEMA"],
    [
      "marker",
      "another marker",
      "COD-045",
      Buffer.concat([Buffer.from([0xc3, 0x02]), bytes.subarray(2)]),
      "MALFORMED",
    ],
    ["container", "a container file", "COD-045", encodeAvro(PLAIN, schema), "MALFORMED"],
    ["short", "a cut fingerprint", "COD-045", bytes.subarray(0, 9), "MALFORMED"],
    ["empty", "no bytes", "COD-045", new Uint8Array(), "MALFORMED"],
    ["no-datum", "no datum", "COD-002", bytes.subarray(0, 10), "MALFORMED"],
    ["trailing", "bytes after the datum", "COD-003", Buffer.concat([bytes, Buffer.from([0])]), "MALFORMED"],
  ];
  return [
    {
      ...accept("recognised", "recognises a single object by its first bytes", ["COD-008"], bytes, PLAIN),
      encoding: "any",
      schema,
    },
    ...refusals.map(
      ([id, title, requirement, bad, code]): DecodeLine => ({
        ...refuse(id, `refuses ${title}`, [requirement], bad, code),
        ...single,
      }),
    ),
  ];
}
