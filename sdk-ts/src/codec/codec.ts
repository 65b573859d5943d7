import type { EventyRecord } from "../record/index.js";

/**
 * One encoding of records: turns them into bytes and back.
 *
 * Implement it for an encoding of your own and register it with a
 * {@link CodecRegistry} under a content type of your own.
 */
export interface Codec {
  /** Name of the encoding, which travels with the bytes in the transport header `content-type`. */
  readonly contentType: string;

  /**
   * The bytes of a record.
   *
   * @throws EventyError UNENCODABLE, with the path, for a value that the encoding cannot carry.
   */
  encode(record: EventyRecord): Uint8Array;

  /**
   * The record that the bytes hold, all of them and nothing else.
   *
   * Takes bounded time and memory whatever the bytes are, and keeps no reference to them.
   *
   * @param missingUuid Gives the uuid of a record that has none, as only those of protocols 1 and 2 may. Default:
   * made of the bytes.
   * @throws EventyError MALFORMED, INVALID_RECORD, UNSUPPORTED_VERSION, UNKNOWN_SCHEMA or LIMIT_EXCEEDED.
   */
  decode(bytes: Uint8Array, missingUuid?: () => string): EventyRecord;

  /**
   * Whether the first bytes look like this encoding. Left out: bytes are never recognised as this encoding.
   *
   * Called for bytes that came without a content type. Never throws.
   */
  recognises?(bytes: Uint8Array): boolean;
}
