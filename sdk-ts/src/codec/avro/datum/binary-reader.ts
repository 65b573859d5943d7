import { LIMITS } from "../../../gen/constants.js";
import { EventyError } from "../../../record/index.js";

/**
 * How many values that take no bytes (nulls, empty records and their like) may
 * stand in bytes of a given length. Without a bound, ten bytes could ask for
 * billions of them; writers of real records stay far below it.
 */
const FREE_VALUES = 65_536;
const FREE_VALUES_PER_BYTE = 16;

/** Texts up to this length are made faster by a loop than by a call. */
const SHORT = 10;

/** What `toString` of a Buffer calls, after it has looked at its arguments for longer than short texts take. */
interface SlicedBuffer extends Buffer {
  utf8Slice(start: number, end: number): string;
}

const STRICT_UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const REPLACEMENT = "\ufffd";

/**
 * Reads the primitives of Avro's binary encoding, one after the other.
 *
 * Every length and count is checked before anything is allocated for it.
 */
export class BinaryReader {
  position = 0;
  /** Where the block that was begun last must end; -1 where it does not say. */
  blockEnd = -1;
  readonly #bytes: SlicedBuffer;
  readonly #length: number;
  #view: DataView | undefined;
  #depth = 0;
  #free: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as SlicedBuffer;
    this.#length = bytes.byteLength;
    this.#free = FREE_VALUES + FREE_VALUES_PER_BYTE * bytes.byteLength;
  }

  get remaining(): number {
    return this.#length - this.position;
  }

  /** Refuses bytes behind the last value. */
  end(): void {
    if (this.remaining > 0) throw this.malformed(`${this.remaining} bytes follow the end`);
  }

  boolean(): boolean {
    const byte = this.#byte();
    if (byte > 1) throw this.malformed(`${byte} is not a boolean`);
    return byte === 1;
  }

  int(): number {
    const value = this.long();
    if (typeof value !== "number" || (value | 0) !== value)
      throw this.malformed(`${value} is not a 32-bit integer`);
    return value;
  }

  /** A number where that is exact, else a bigint. */
  long(): number | bigint {
    const first = this.#byte();
    return first < 0x80 ? (first >>> 1) ^ -(first & 1) : this.#wideLong(first);
  }

  /** Any float; whether it is finite is the record's to judge. */
  float(): number {
    const start = this.#advance(4);
    return this.#data().getFloat32(start, true);
  }

  /** Any double; whether it is finite is the record's to judge. */
  double(): number {
    const start = this.#advance(8);
    return this.#data().getFloat64(start, true);
  }

  /** A copy of the bytes. */
  bytes(): Uint8Array {
    return this.fixed(this.length());
  }

  /** A copy of the bytes. */
  fixed(size: number): Uint8Array {
    return new Uint8Array(this.view(size));
  }

  /** A view of the bytes, for reading only. */
  view(size: number): Uint8Array {
    const start = this.#advance(size);
    return this.#bytes.subarray(start, start + size);
  }

  /** Passes over bytes with their length. */
  skipBytes(): void {
    this.#advance(this.length());
  }

  /** A length in bytes. */
  length(): number {
    const length = this.long();
    if (typeof length !== "number" || length < 0) throw this.malformed(`${length} is not a length`);
    return length;
  }

  string(): string {
    const length = this.length();
    const start = this.#advance(length);
    if (length <= SHORT) {
      const short = this.#shortAscii(start);
      if (short !== undefined) return short;
    }
    const text = this.#bytes.utf8Slice(start, this.position);
    return text.includes(REPLACEMENT) ? this.#strictUtf8(start) : text;
  }

  /**
   * Begins a block of an array or a map, and sets {@link blockEnd}.
   *
   * @param itemSize the least number of bytes that an item takes.
   * @returns the number of its items; 0 at the end of the array or the map.
   */
  block(itemSize: number): number {
    const announced = this.long();
    this.blockEnd = announced < 0 ? this.#readBlockEnd() : -1;
    const count = Math.abs(Number(announced));
    if (itemSize === 0) this.charge(count);
    else if (count * itemSize > this.remaining) {
      throw this.malformed(`${this.remaining} bytes cannot hold ${count} items`);
    }
    return count;
  }

  /** Refuses a block that does not end where it said. */
  endBlock(end: number): void {
    if (end >= 0 && this.position !== end) throw this.malformed("a block is not as long as it says");
  }

  /** One level of nesting down. */
  enter(): void {
    if (++this.#depth > LIMITS.nesting + 1) {
      throw new EventyError("LIMIT_EXCEEDED", `more than ${LIMITS.nesting} levels of nesting`);
    }
  }

  /** One level of nesting up. */
  leave(): void {
    this.#depth--;
  }

  /** Counts values that take no bytes. */
  charge(values: number): void {
    this.#free -= values;
    if (this.#free < 0) throw this.malformed("there are too many values that take no bytes");
  }

  /** The error for bytes that are not Avro at this place. */
  malformed(problem: string): EventyError {
    return new EventyError("MALFORMED", `Avro data, at byte ${this.position}: ${problem}`);
  }

  #data(): DataView {
    this.#view ??= new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#length);
    return this.#view;
  }

  #byte(): number {
    const byte = this.#bytes[this.position];
    if (byte === undefined) throw this.malformed("the bytes are cut short");
    this.position++;
    return byte;
  }

  #advance(size: number): number {
    const start = this.position;
    if (size > this.#length - start) throw this.malformed("the bytes are cut short");
    this.position = start + size;
    return start;
  }

  #readBlockEnd(): number {
    const size = this.length();
    if (size > this.remaining) throw this.malformed("the bytes are cut short");
    return this.position + size;
  }

  /** A zigzag varint of up to 64 bits, held as 28 + 28 + 8 bits: bitwise operators take 32. */
  #wideLong(first: number): number | bigint {
    let low = first & 0x7f;
    let middle = 0;
    let high = 0;
    let byte = first;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = this.#byte();
      if (shift < 28) low |= (byte & 0x7f) << shift;
      else if (shift < 56) middle |= (byte & 0x7f) << (shift - 28);
      else if (shift === 56) high = byte & 0x7f;
      else if (byte > 1) throw this.malformed("an integer is longer than 64 bits");
      else high |= byte << 7;
    }
    if (high === 0) {
      const magnitude = middle * 2 ** 27 + (low >>> 1);
      const value = (low & 1) === 0 ? magnitude : -magnitude - 1;
      if (Number.isSafeInteger(magnitude) && Number.isSafeInteger(value)) return value;
    }
    const bits = (BigInt(high) << 56n) | (BigInt(middle) << 28n) | BigInt(low);
    return (bits >> 1n) ^ -(bits & 1n);
  }

  #shortAscii(start: number): string | undefined {
    let text = "";
    for (let index = start; index < this.position; index++) {
      const byte = this.#bytes[index] ?? 0x80;
      if (byte >= 0x80) return undefined;
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** The text again, where its fast decoding had a replacement character: real, or for bytes that are not UTF-8. */
  #strictUtf8(start: number): string {
    try {
      return STRICT_UTF8.decode(this.#bytes.subarray(start, this.position));
    } catch {
      throw this.malformed("a text is not UTF-8");
    }
  }
}
