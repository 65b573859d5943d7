import type { FitMemo } from "./fits.js";

const INITIAL_SIZE = 4096;
/** A larger buffer is not kept for the next record. */
const KEPT_SIZE = 1024 * 1024;
/** Texts up to this length are copied faster by a loop than by a call; their length takes one byte. */
const SHORT = 48;

/** Writes the primitives of Avro's binary encoding, one after the other, into a buffer that it reuses. */
export class BinaryWriter {
  #buffer = Buffer.allocUnsafeSlow(INITIAL_SIZE);
  #view = new DataView(this.#buffer.buffer);
  #position = 0;
  /** What is known of the objects that are being written. */
  readonly fitMemo: FitMemo = new Map();

  /** Forgets what was written before. */
  reset(): void {
    this.#position = 0;
    this.fitMemo.clear();
    if (this.#buffer.length > KEPT_SIZE) this.#use(Buffer.allocUnsafeSlow(INITIAL_SIZE));
  }

  /** What was written since the last reset, in memory that the next one reuses. */
  written(): Uint8Array {
    return this.#buffer.subarray(0, this.#position);
  }

  boolean(value: boolean): void {
    this.#reserve(1);
    this.#buffer[this.#position++] = value ? 1 : 0;
  }

  long(value: number | bigint): void {
    this.#reserve(10);
    if (typeof value === "number" && (value << 1) >> 1 === value)
      this.#varint(((value << 1) ^ (value >> 31)) >>> 0);
    else this.#wideVarint(BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n)));
  }

  float(value: number): void {
    this.#reserve(4);
    this.#view.setFloat32(this.#position, value, true);
    this.#position += 4;
  }

  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#position, value, true);
    this.#position += 8;
  }

  bytes(value: Uint8Array): void {
    this.long(value.length);
    this.fixed(value);
  }

  fixed(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#position);
    this.#position += value.length;
  }

  string(value: string): void {
    if (value.length <= SHORT && this.#shortAscii(value)) return;
    const length = Buffer.byteLength(value);
    this.long(length);
    this.#reserve(length);
    this.#position += this.#buffer.write(value, this.#position);
  }

  #shortAscii(value: string): boolean {
    this.#reserve(SHORT + 1);
    const buffer = this.#buffer;
    const start = this.#position + 1;
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit >= 0x80) return false;
      buffer[start + index] = unit;
    }
    buffer[this.#position] = value.length << 1;
    this.#position = start + value.length;
    return true;
  }

  #varint(bits: number): void {
    let rest = bits;
    while (rest >= 0x80) {
      this.#buffer[this.#position++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#buffer[this.#position++] = rest;
  }

  #wideVarint(bits: bigint): void {
    let rest = bits;
    while (rest >= 0x80n) {
      this.#buffer[this.#position++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#buffer[this.#position++] = Number(rest);
  }

  #reserve(size: number): void {
    if (this.#position + size <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(2 * (this.#position + size));
    this.#buffer.copy(grown, 0, 0, this.#position);
    this.#use(grown);
  }

  #use(buffer: Buffer<ArrayBuffer>): void {
    this.#buffer = buffer;
    this.#view = new DataView(buffer.buffer);
  }
}
