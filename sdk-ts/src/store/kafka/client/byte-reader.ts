/** Reads the types of Kafka's protocol, one behind the other. */
export class ByteReader {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  int8(): number {
    const value = this.bytes.readInt8(this.at);
    this.at += 1;
    return value;
  }

  int16(): number {
    const value = this.bytes.readInt16BE(this.at);
    this.at += 2;
    return value;
  }

  int32(): number {
    const value = this.bytes.readInt32BE(this.at);
    this.at += 4;
    return value;
  }

  /** Numbers beyond 2^53 are not exact; offsets, times and ids of producers are smaller. */
  int64(): number {
    const value = this.bytes.readInt32BE(this.at) * 2 ** 32 + this.bytes.readUInt32BE(this.at + 4);
    this.at += 8;
    return value;
  }

  text(): string | null {
    const length = this.int16();
    if (length < 0) return null;
    return this.take(length).toString("utf8");
  }

  /** A view on the next bytes. @throws RangeError if there are not that many */
  take(length: number): Buffer {
    if (length > this.left) throw new RangeError(`${length} bytes are needed, and ${this.left} are there.`);
    const end = this.at + length;
    const bytes = this.bytes.subarray(this.at, end);
    this.at = end;
    return bytes;
  }

  list<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let left = this.int32(); left > 0; left--) items.push(read());
    return items;
  }

  /** The forms of newer versions. */
  compactText(): string | null {
    const length = this.#uvarint() - 1;
    return length < 0 ? null : this.take(length).toString("utf8");
  }

  compactList<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let left = this.#uvarint() - 1; left > 0; left--) items.push(read());
    return items;
  }

  /** Passes over the further fields with which a structure ends. */
  tags(): void {
    for (let left = this.#uvarint(); left > 0; left--) {
      this.#uvarint();
      this.take(this.#uvarint());
    }
  }

  #uvarint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes.readUInt8(this.at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
}
