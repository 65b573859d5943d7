const INITIAL_SIZE = 1024;
const MOST_BYTES_OF_VARINT = 10;
const MOST_BYTES_OF_CHARACTER = 3;

/**
 * Writes the primitives of the Protobuf wire format into one growing buffer.
 *
 * The library's writer copies all that is in a message into a new array once
 * for each message around it, and values are three messages a level.
 */
export class WireWriter {
  #bytes = Buffer.allocUnsafe(INITIAL_SIZE);
  #at = 0;
  readonly #starts: number[] = [];

  /** The bytes that were written. */
  finish(): Uint8Array {
    return new Uint8Array(this.#bytes.subarray(0, this.#at));
  }

  /** Begins a message, or anything else that its length precedes; its tag is written. */
  fork(): this {
    this.#reserve(1);
    this.#at++;
    this.#starts.push(this.#at);
    return this;
  }

  /** Ends what was begun last: puts its length before it. */
  join(): this {
    const start = this.#starts.pop() ?? 0;
    const length = this.#at - start;
    // One byte is there for the length; a longer one moves the message on.
    let more = 0;
    for (let rest = length >>> 7; rest > 0; rest >>>= 7) more++;
    // To grow keeps what is before the position: it must not come once that is back at the length.
    this.#reserve(MOST_BYTES_OF_VARINT);
    if (more > 0) this.#bytes.copyWithin(start + more, start, this.#at);
    this.#at = start - 1;
    this.varint(length);
    this.#at = start + more + length;
    return this;
  }

  /** An unsigned integer of up to 53 bits. */
  varint(value: number): this {
    this.#reserve(MOST_BYTES_OF_VARINT);
    let rest = value;
    while (rest > 0x7fffffff) {
      this.#bytes[this.#at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest > 127) {
      this.#bytes[this.#at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#at++] = rest;
    return this;
  }

  /** An int64 from an integer of up to 53 bits. */
  int64(value: number): this {
    return value >= 0 ? this.varint(value) : this.#wideVarint(BigInt.asUintN(64, BigInt(value)));
  }

  /** A sint32 or sint64. */
  zigzag(value: number | bigint): this {
    if (typeof value === "number" && Math.abs(value) < 2 ** 52) {
      return this.varint(value >= 0 ? value * 2 : value * -2 - 1);
    }
    const wide = BigInt(value);
    return this.#wideVarint(BigInt.asUintN(64, (wide << 1n) ^ (wide >> 63n)));
  }

  double(value: number): this {
    this.#reserve(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
    return this;
  }

  /** Text, and its length before it. */
  string(text: string): this {
    this.fork();
    this.#reserve(text.length * MOST_BYTES_OF_CHARACTER);
    this.#at += this.#bytes.write(text, this.#at);
    return this.join();
  }

  /** Bytes, and their length before them. */
  bytes(value: Uint8Array): this {
    this.varint(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  #wideVarint(value: bigint): this {
    this.#reserve(MOST_BYTES_OF_VARINT);
    let rest = value;
    while (rest > 127n) {
      this.#bytes[this.#at++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.#bytes[this.#at++] = Number(rest);
    return this;
  }

  #reserve(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
