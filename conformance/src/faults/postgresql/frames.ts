/** One message of the wire protocol of PostgreSQL, as it was sent. */
export interface Frame {
  /** The letter that says what it is; empty for the messages that begin a connection, which have none. */
  readonly type: string;
  /** What follows its length. */
  readonly body: Buffer;
  /** All of it. */
  readonly bytes: Buffer;
}

/** Cuts one direction of a connection into messages. */
export class FrameSplitter {
  #parts: Buffer[] = [];
  #length = 0;
  /** Whether the next message has a letter. */
  #isTyped: boolean;

  /**
   * @param isTyped whether the first message has a letter: what a client says first has none
   */
  constructor(isTyped: boolean) {
    this.#isTyped = isTyped;
  }

  /** From now on messages have letters. */
  expectTyped(): void {
    this.#isTyped = true;
  }

  /** Takes the next bytes and yields the messages that they complete. */
  *push(chunk: Buffer): Generator<Frame> {
    this.#parts.push(chunk);
    this.#length += chunk.length;
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) yield frame;
  }

  #take(): Frame | undefined {
    const head = this.#isTyped ? 5 : 4;
    if (this.#length < head) return undefined;
    const size = this.#joined(head).readUInt32BE(head - 4) + head - 4;
    if (this.#length < size) return undefined;
    const all = this.#joined(size);
    const bytes = all.subarray(0, size);
    this.#parts = all.length > size ? [all.subarray(size)] : [];
    this.#length -= size;
    const type = this.#isTyped ? String.fromCharCode(bytes.readUInt8(0)) : "";
    return { type, body: bytes.subarray(head), bytes };
  }

  /** The first part, which holds at least so many bytes: parts are joined only when they have to be. */
  #joined(size: number): Buffer {
    const [first = Buffer.alloc(0)] = this.#parts;
    if (first.length >= size) return first;
    const all = Buffer.concat(this.#parts, this.#length);
    this.#parts = [all];
    return all;
  }
}

/** The texts at the beginning of a message, each of which ends with a zero byte. */
export function textsOf(body: Buffer, count: number): readonly string[] {
  const texts: string[] = [];
  let start = 0;
  for (let i = 0; i < count; i++) {
    const end = body.indexOf(0, start);
    texts.push(body.toString("utf8", start, end < 0 ? body.length : end));
    start = end + 1;
  }
  return texts;
}
