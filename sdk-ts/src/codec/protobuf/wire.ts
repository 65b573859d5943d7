import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { LIMITS } from "../../gen/constants.js";
import { EventyError } from "../../record/index.js";

/**
 * Tags, (field number << 3) | wire type, of the messages in value.proto.
 *
 * The values of a record are read and written tag by tag and not as generated
 * messages: those have no depth count of ours, accept fields that run over the
 * end of their message, and cost several objects for each value.
 */
export const TAGS = {
  value: { null: 8, boolean: 16, integer: 24, double: 33, string: 42, bytes: 50, list: 58, map: 66 },
  list: { values: 10 },
  map: { entries: 10 },
  entry: { key: 10, value: 18 },
  contextEntry: { namespace: 10, values: 18 },
  any: { typeUrl: 10, value: 18 },
} as const;

// A byte order mark is text like any other.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads the primitives of the Protobuf wire format; refuses bad UTF-8. */
export class WireReader extends BinaryReader {
  constructor(bytes: Uint8Array) {
    super(bytes, (text) => utf8.decode(text));
  }

  /** The next tag: field number and wire type in one number. */
  wireTag(): number {
    const [number, wireType] = this.tag();
    return (number << 3) | wireType;
  }

  /** Reads the length of a message; gives the position of its end. */
  messageEnd(): number {
    const length = this.uint32();
    return this.pos + length;
  }

  /** Refuses a message whose last field runs over its end. */
  expectEnd(end: number): void {
    if (this.pos !== end)
      throw new EventyError("MALFORMED", `a field runs over the end of its message at byte ${end}`);
  }

  /**
   * Steps over a field that the reader does not know.
   *
   * @throws EventyError MALFORMED if its number is known, and only its wire type is not.
   */
  skipUnknown(tag: number, highestKnown: number): void {
    const number = tag >>> 3;
    if (number <= highestKnown) {
      throw new EventyError("MALFORMED", `field ${number} has wire type ${tag & 7}, at byte ${this.pos}`);
    }
    this.skip((tag & 7) as WireType, number, LIMITS.nesting);
  }

  /** As the library does, but refuses a varint of more than ten bytes here too. */
  override skip(wireType: WireType, fieldNumber?: number, levels?: number): Uint8Array {
    if (wireType !== WireType.Varint) return super.skip(wireType, fieldNumber, levels);
    const start = this.pos;
    this.varint64();
    return this.buf.subarray(start, this.pos);
  }

  /** A sint64; one that fits 32 bits as a number. */
  integer(): number | bigint {
    const [low, high] = this.varint64();
    if (high === 0) return (low >>> 1) ^ -(low & 1);
    const zigzag = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
    return (zigzag >> 1n) ^ -(zigzag & 1n);
  }

  /** Bytes of their own memory. */
  copiedBytes(): Uint8Array {
    return new Uint8Array(this.bytes());
  }
}
