import { AdapterError } from "./adapter-error.js";

/** Longest line that a testee may write, in bytes: a record of 10 MB fits several times, as base64. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into lines of UTF-8 text.
 *
 * What follows the last newline is never handed out: a testee that was killed may have written half a line.
 */
export class LineSplitter {
  #parts: Uint8Array[] = [];
  #length = 0;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  readonly #maxBytes: number;

  constructor(maxBytes: number = MAX_LINE_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Takes the next bytes and yields the lines that they complete, without their newlines.
   *
   * @throws AdapterError if a line is too long or not UTF-8.
   */
  *push(chunk: Uint8Array): Generator<string> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#append(chunk.subarray(start, end));
      start = end + 1;
      yield this.#take();
    }
    this.#append(chunk.subarray(start));
  }

  #append(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > this.#maxBytes) {
      throw new AdapterError(`the testee wrote a line of more than ${this.#maxBytes} bytes`);
    }
    if (part.length > 0) this.#parts.push(part);
  }

  #take(): string {
    const line = Buffer.concat(this.#parts, this.#length);
    this.#parts = [];
    this.#length = 0;
    try {
      return this.#decoder.decode(line);
    } catch (cause) {
      throw new AdapterError("the testee wrote a line that is not UTF-8", { cause });
    }
  }
}
