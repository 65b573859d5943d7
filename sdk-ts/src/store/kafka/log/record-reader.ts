import type { Headers } from "../../stored-record.js";

const NO_HEADERS: Headers = Object.freeze({});

/** Reads the records of a batch, one behind the other. */
export class RecordReader {
  readonly #bytes: Buffer;
  at: number;
  /** Records of a batch mostly have the same headers: where the last ones were, and what they are. */
  #headersAt = 0;
  #headersEnd = 0;
  #headers: Headers = NO_HEADERS;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** Begins a record. @returns where it ends @throws RangeError if it ends behind the bytes */
  begin(): number {
    const length = this.varint();
    const end = this.at + length;
    if (length < 0 || end > this.#bytes.length) throw new RangeError("A record ends behind the batch.");
    this.at++; // attributes
    return end;
  }

  varint(): number {
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte();
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (result >>> 1) ^ -(result & 1);
    }
    throw new RangeError("A number has more than five bytes.");
  }

  /** Differences of times: a double has enough digits for them. */
  varlong(): number {
    let result = 0;
    let unit = 1;
    for (let left = 10; left > 0; left--) {
      const byte = this.#byte();
      result += (byte & 0x7f) * unit;
      if (byte < 0x80) return result % 2 === 0 ? result / 2 : -(result + 1) / 2;
      unit *= 128;
    }
    throw new RangeError("A number has more than ten bytes.");
  }

  text(): string | null {
    const length = this.varint();
    if (length < 0) return null;
    return this.#bytes.toString("utf8", this.at, this.#skip(length));
  }

  bytesOrNull(): Buffer | null {
    const length = this.varint();
    if (length < 0) return null;
    return this.#bytes.subarray(this.at, this.#skip(length));
  }

  /** The last one counts of several with one name; null is as if it were empty. @param end of the record */
  headers(end: number): Headers {
    const begin = this.at;
    if (end - begin === 1 && this.#bytes[begin] === 0) return NO_HEADERS;
    if (!this.#areAsBefore(begin, end)) {
      const entries: [name: string, text: string][] = [];
      for (let left = this.varint(); left > 0; left--) entries.push([this.text() ?? "", this.text() ?? ""]);
      // Not by assignment: a header may be called __proto__.
      this.#headers = Object.freeze(Object.fromEntries(entries));
      [this.#headersAt, this.#headersEnd] = [begin, end];
    }
    return this.#headers;
  }

  #areAsBefore(begin: number, end: number): boolean {
    if (end - begin !== this.#headersEnd - this.#headersAt) return false;
    return this.#bytes.compare(this.#bytes, this.#headersAt, this.#headersEnd, begin, end) === 0;
  }

  #byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new RangeError("A record ends behind the batch.");
    return byte;
  }

  #skip(length: number): number {
    this.at += length;
    if (this.at > this.#bytes.length) throw new RangeError("A record ends behind the batch.");
    return this.at;
  }
}
