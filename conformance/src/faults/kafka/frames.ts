import { Chunks } from "../chunks.js";
import type { Message, Splitter } from "../passed-connection.js";

/** One request or response of Kafka's protocol. */
export interface Frame extends Message {
  /** What follows its length. */
  readonly body: Buffer;
}

const HEAD = 4;

/** Cuts one direction of a connection into requests or responses. */
export class FrameSplitter implements Splitter<Frame> {
  readonly #chunks = new Chunks();

  *push(chunk: Buffer): Generator<Frame> {
    this.#chunks.add(chunk);
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) yield frame;
  }

  #take(): Frame | undefined {
    const length = this.#chunks.first(HEAD)?.readUInt32BE(0);
    const bytes = length === undefined ? undefined : this.#chunks.take(HEAD + length);
    return bytes && { body: bytes.subarray(HEAD), bytes };
  }
}
