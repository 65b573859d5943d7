import type { EncodeLine } from "../../../src/cases/golden/line.js";
import { envelopes, refusals } from "../encode-lines.js";
import { data } from "./encode-data.js";
import { misfits, oneField } from "./encode-misfits.js";
import { schemas } from "./encode-schemas.js";

/** Encode cases of one of the Avro encodings. */
export function avroEncodeLines(encoding: "avro" | "avro-single-object"): EncodeLine[] {
  return [
    ...refusals(encoding, oneField),
    ...envelopes(encoding),
    ...schemas(encoding),
    ...misfits(encoding),
    ...data(encoding),
  ];
}
