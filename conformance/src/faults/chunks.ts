/** Bytes as they come, chunk by chunk; they are joined only when they have to be. */
export class Chunks {
  #chunks: Buffer[] = [];
  #length = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The first bytes, at least so many, which stay; undefined: there are not so many yet. */
  first(size: number): Buffer | undefined {
    if (this.#length < size) return undefined;
    const [first = Buffer.alloc(0)] = this.#chunks;
    if (first.length >= size) return first;
    const all = Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [all];
    return all;
  }

  /** Takes so many bytes away; undefined: there are not so many yet. */
  take(size: number): Buffer | undefined {
    const first = this.first(size);
    if (first === undefined) return undefined;
    this.#chunks[0] = first.subarray(size);
    if (first.length === size) this.#chunks.shift();
    this.#length -= size;
    return first.subarray(0, size);
  }
}
