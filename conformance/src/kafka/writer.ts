/** Writes what Kafka's protocol is made of, one thing after the other. */
export class Writer {
  readonly #parts: Buffer[] = [];

  /** All that was written. */
  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  int8(value: number): this {
    return this.#add(1, (bytes) => bytes.writeInt8(value));
  }

  int16(value: number): this {
    return this.#add(2, (bytes) => bytes.writeInt16BE(value));
  }

  int32(value: number): this {
    return this.#add(4, (bytes) => bytes.writeInt32BE(value));
  }

  int64(value: number | bigint): this {
    return this.#add(8, (bytes) => bytes.writeBigInt64BE(BigInt(value)));
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  /** STRING or NULLABLE_STRING. */
  string(value: string | null): this {
    if (value === null) return this.int16(-1);
    const text = Buffer.from(value);
    return this.int16(text.length).raw(text);
  }

  /** COMPACT_STRING, of up to 126 bytes. */
  compactString(value: string): this {
    const text = Buffer.from(value);
    return this.int8(text.length + 1).raw(text);
  }

  /** ARRAY. */
  array<T>(items: readonly T[], write: (item: T) => unknown): this {
    this.int32(items.length);
    for (const item of items) write(item);
    return this;
  }

  /** COMPACT_ARRAY, of up to 126 items. */
  compactArray<T>(items: readonly T[], write: (item: T) => unknown): this {
    this.int8(items.length + 1);
    for (const item of items) write(item);
    return this;
  }

  /** No tagged fields. */
  noTags(): this {
    return this.int8(0);
  }

  raw(bytes: Buffer): this {
    this.#parts.push(bytes);
    return this;
  }

  #add(length: number, write: (bytes: Buffer) => void): this {
    const bytes = Buffer.alloc(length);
    write(bytes);
    return this.raw(bytes);
  }
}
