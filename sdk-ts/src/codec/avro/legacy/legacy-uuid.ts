import { v5 } from "uuid";

/** UUIDv5 of `urn:eventy:legacy` in the namespace of URLs. */
const LEGACY_NAMESPACE = "521d969e-6d1b-5225-a156-33684239c7a1";

/**
 * The uuid of a record of protocol 1 or 2 that came without: the same for the
 * same bytes, another for each place.
 *
 * A UUIDv5 over the file's sync marker, the index of the record in the file as
 * 8 bytes, and the bytes of the record.
 */
export function uuidOfDatum(sync: Uint8Array, index: number, datum: Uint8Array): string {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(index));
  return v5(Buffer.concat([sync, place, datum]), LEGACY_NAMESPACE);
}
