import { Chunks } from "../chunks.js";
import type { Message, Splitter } from "../passed-connection.js";

/** One message of the wire protocol of PostgreSQL, as it was sent. */
export interface Frame extends Message {
  /** The letter that says what it is; empty for the messages that begin a connection, which have none. */
  readonly type: string;
  /** What follows its length. */
  readonly body: Buffer;
}

/** Cuts one direction of a connection into messages. */
export class FrameSplitter implements Splitter<Frame> {
  readonly #chunks = new Chunks();
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

  *push(chunk: Buffer): Generator<Frame> {
    this.#chunks.add(chunk);
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) yield frame;
  }

  #take(): Frame | undefined {
    const isTyped = this.#isTyped;
    const head = isTyped ? 5 : 4;
    // The length counts itself, and not the letter.
    const length = this.#chunks.first(head)?.readUInt32BE(head - 4);
    const bytes = length === undefined ? undefined : this.#chunks.take(head - 4 + length);
    if (bytes === undefined) return undefined;
    const type = isTyped ? String.fromCharCode(bytes.readUInt8(0)) : "";
    return { type, body: bytes.subarray(head), bytes };
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
