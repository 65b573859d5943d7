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

  #small(length: number): Buffer {
    const part = Buffer.allocUnsafe(length);
    this.#parts.push(part);
    return part;
  }
}
