/** Writes the types of Kafka's protocol, one behind the other. */
export class ByteWriter {
  readonly #parts: Buffer[] = [];

  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  int8(value: number): void {
    this.#small(1).writeInt8(value);
  }

  int16(value: number): void {
    this.#small(2).writeInt16BE(value);
  }

  int32(value: number): void {
    this.#small(4).writeInt32BE(value);
  }

  int64(value: number): void {
    this.#small(8).writeBigInt64BE(BigInt(value));
  }

  text(value: string | null): void {
    const bytes = value === null ? undefined : Buffer.from(value, "utf8");
    this.int16(bytes?.length ?? -1);
    if (bytes !== undefined) this.#parts.push(bytes);
  }

  /** Bytes as they are, without their length. */
  raw(bytes: Buffer): void {
    this.#parts.push(bytes);
  }

  list<T>(items: readonly T[], write: (item: T) => void): void {
    this.int32(items.length);
    items.forEach(write);
  }

  /** The form of newer versions: of a text that is there. */
  compactText(value: string): void {
    const bytes = Buffer.from(value, "utf8");
    this.#uvarint(bytes.length + 1);
    this.#parts.push(bytes);
  }

  compactList<T>(items: readonly T[], write: (item: T) => void): void {
    this.#uvarint(items.length + 1);
    items.forEach(write);
  }

  /** Newer versions have a place for further fields wherever a structure ends. */
  noTags(): void {
    this.int8(0);
  }

  #uvarint(value: number): void {
    let left = value;
    for (; left >= 0x80; left >>>= 7) this.#small(1).writeUInt8((left & 0x7f) | 0x80);
    this.#small(1).writeUInt8(left);
  }

  #small(length: number): Buffer {
    const part = Buffer.allocUnsafe(length);
    this.#parts.push(part);
    return part;
  }
}
