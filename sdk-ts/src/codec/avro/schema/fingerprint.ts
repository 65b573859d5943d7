import { canonicalForm } from "./canonical-form.js";
import type { Schema } from "./schema.js";

/** The fingerprint of the empty text, and the polynomial: both are this number. */
const EMPTY = 0xc15d213aa4d7a795n;

const TABLE: readonly bigint[] = Array.from({ length: 256 }, (_, byte) => {
  let fingerprint = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) fingerprint = (fingerprint >> 1n) ^ (EMPTY & -(fingerprint & 1n));
  return fingerprint;
});

/** CRC-64-AVRO of bytes. */
function crc64Avro(bytes: Uint8Array): bigint {
  let fingerprint = EMPTY;
  for (const byte of bytes) {
    fingerprint = (fingerprint >> 8n) ^ (TABLE[Number(fingerprint & 0xffn) ^ byte] ?? 0n);
  }
  return fingerprint;
}

/** The fingerprint that names a schema in single-object encoding: CRC-64-AVRO of its Parsing Canonical Form. */
export function fingerprint(schema: Schema): bigint {
  return crc64Avro(Buffer.from(canonicalForm(schema)));
}
