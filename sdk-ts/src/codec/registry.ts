import { EventyError, type EventyRecord, isRecord } from "../record/index.js";
import type { Codec } from "./codec.js";
import { parseContentType } from "./content-type.js";
import { recognise } from "./recognise.js";

/** What is known of bytes besides themselves. */
export interface DecodeOptions {
  /** The transport header `content-type`. It is believed: a wrong one is an error. */
  readonly contentType?: string | undefined;
  /** Content type of bytes that have no header and that no codec recognises. */
  readonly fallback?: string | undefined;
  /**
   * Gives the uuid of a record that has none, as only those of protocols 1 and 2 may. Default: made of the bytes.
   * Who knows the place of a record makes it of that, since two of them may have the same bytes.
   */
  readonly missingUuid?: (() => string) | undefined;
}

/**
 * The codecs that a program knows, by content type.
 *
 * @example
 * const codecs = new CodecRegistry(jsonCodec(), protobufCodec());
 * const bytes = codecs.encode(record, "application/vnd.eventy.v3+json");
 * const same = codecs.decode(bytes);
 */
export class CodecRegistry {
  readonly #codecs = new Map<string, Codec>();

  /** @throws EventyError as {@link register} does. */
  constructor(...codecs: readonly Codec[]) {
    for (const codec of codecs) this.register(codec);
  }

  /** The registered codecs, in the order in which they are asked to recognise bytes. */
  get codecs(): readonly Codec[] {
    return [...this.#codecs.values()];
  }

  /**
   * Adds a codec, under its content type.
   *
   * @throws EventyError UNKNOWN_ENCODING if the content type is none, or has a codec.
   */
  register(codec: Codec): this {
    const { full } = parseContentType(codec.contentType);
    if (this.#codecs.has(full)) {
      throw new EventyError(
        "UNKNOWN_ENCODING",
        `a codec for ${full} is registered already; register one of them`,
      );
    }
    this.#codecs.set(full, codec);
    return this;
  }

  /**
   * The codec of a content type: one with the same parameters, else the one without parameters.
   *
   * @throws EventyError UNKNOWN_ENCODING if there is none.
   */
  get(contentType: string): Codec {
    const exact = this.#codecs.get(contentType);
    if (exact !== undefined) return exact;
    const { full, essence } = parseContentType(contentType);
    const codec = this.#codecs.get(full) ?? this.#codecs.get(essence);
    if (codec !== undefined) return codec;
    throw new EventyError(
      "UNKNOWN_ENCODING",
      `no codec is registered for ${full}; registered: ${this.#names()}`,
    );
  }

  /**
   * The bytes of a record in the encoding of a content type.
   *
   * @throws EventyError UNKNOWN_ENCODING, or as the codec does; any other error of a codec as UNENCODABLE.
   */
  encode(record: EventyRecord, contentType: string): Uint8Array {
    const codec = this.get(contentType);
    let bytes: unknown;
    try {
      bytes = codec.encode(record);
    } catch (error) {
      throw EventyError.from(error, "UNENCODABLE");
    }
    if (bytes instanceof Uint8Array) return bytes;
    throw new EventyError("UNENCODABLE", `the codec for ${codec.contentType} gave something else than bytes`);
  }

  /**
   * The record that the bytes hold. The encoding is that of the content type if
   * there is one, else the first that recognises the bytes, else the fallback.
   *
   * @throws EventyError UNKNOWN_ENCODING, or as the codec does; any other error of a codec as MALFORMED.
   */
  decode(bytes: Uint8Array, options: DecodeOptions = {}): EventyRecord {
    const codec = this.#codecOf(bytes, options);
    let record: unknown;
    try {
      record = codec.decode(bytes, options.missingUuid);
    } catch (error) {
      throw EventyError.from(error, "MALFORMED");
    }
    if (isRecord(record)) return record;
    throw new EventyError(
      "INVALID_RECORD",
      `the codec for ${codec.contentType} gave something else than a record`,
    );
  }

  #codecOf(bytes: Uint8Array, { contentType, fallback }: DecodeOptions): Codec {
    if (contentType !== undefined) return this.get(contentType);
    const recognised = recognise(bytes, this.#codecs.values());
    if (recognised !== undefined) return recognised;
    if (fallback !== undefined) return this.get(fallback);
    throw new EventyError(
      "UNKNOWN_ENCODING",
      `the bytes are of none of the registered encodings (${this.#names()}); give their content type`,
    );
  }

  #names(): string {
    return [...this.#codecs.keys()].join(", ") || "none";
  }
}
