/** The last bytes of a stream, as text. */
export class Tail {
  #bytes: Buffer = Buffer.alloc(0);
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): void {
    const all = Buffer.concat([this.#bytes, chunk]);
    this.#bytes = Buffer.from(all.subarray(Math.max(0, all.length - this.#maxBytes)));
  }

  /** The text; bytes that are not UTF-8 are replaced. */
  get text(): string {
    return this.#bytes.toString("utf8").trimEnd();
  }
}
