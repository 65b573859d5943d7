/** Reads what Kafka's protocol is made of, one thing after the other. */
export class Reader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#take(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#take(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  /** An INT64 that counts something, and so is exact as a number. */
  int64(): number {
    return Number(this.bigint());
  }

  bigint(): bigint {
    return this.#bytes.readBigInt64BE(this.#take(8));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  bytes(length: number): Buffer {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** STRING or NULLABLE_STRING. */
  string(): string | null {
    return this.#text(this.int16());
  }

  /** COMPACT_STRING or COMPACT_NULLABLE_STRING. */
  compactString(): string | null {
    return this.#text(this.uvarint() - 1);
  }

  /** BYTES or NULLABLE_BYTES. */
  nullableBytes(): Buffer | null {
    const length = this.int32();
    return length < 0 ? null : this.bytes(length);
  }

  /** ARRAY. */
  array<T>(read: () => T): readonly T[] {
    return this.#items(this.int32(), read);
  }

  /** COMPACT_ARRAY. */
  compactArray<T>(read: () => T): readonly T[] {
    return this.#items(this.uvarint() - 1, read);
  }

  /** An unsigned VARINT. */
  uvarint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes.readUInt8(this.#take(1));
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** A VARINT or VARLONG. */
  varint(): number {
    const value = this.uvarint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Passes over tagged fields. */
  tags(): void {
    for (let left = this.uvarint(); left > 0; left--) {
      this.uvarint();
      this.bytes(this.uvarint());
    }
  }

  #text(length: number): string | null {
    return length < 0 ? null : this.bytes(length).toString();
  }

  #items<T>(count: number, read: () => T): readonly T[] {
    return Array.from({ length: Math.max(count, 0) }, read);
  }

  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) throw new RangeError("the message ends too early");
    this.#at += length;
    return at;
  }
}
