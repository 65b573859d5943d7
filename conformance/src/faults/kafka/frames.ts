import type { Message, Splitter } from "../passed-connection.js";

/** One request or response of Kafka's protocol. */
export interface Frame extends Message {
  /** What follows its length. */
  readonly body: Buffer;
}

const HEAD = 4;

/** Cuts one direction of a connection into requests or responses. */
export class FrameSplitter implements Splitter<Frame> {
  #parts: Buffer[] = [];
  #length = 0;

  *push(chunk: Buffer): Generator<Frame> {
    this.#parts.push(chunk);
    this.#length += chunk.length;
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) yield frame;
  }

  #take(): Frame | undefined {
    if (this.#length < HEAD) return undefined;
    const size = this.#joined(HEAD).readUInt32BE(0) + HEAD;
    if (this.#length < size) return undefined;
    const all = this.#joined(size);
    const bytes = all.subarray(0, size);
    this.#parts = all.length > size ? [all.subarray(size)] : [];
    this.#length -= size;
    return { body: bytes.subarray(HEAD), bytes };
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
