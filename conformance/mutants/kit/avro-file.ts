// Container files whose parts may be wrong: the oracle opens only those that are in order.

/** A block of a container file. */
export interface Block {
  count: bigint;
  /** As it stands in the file, compressed or not. */
  data: Buffer;
  sync: Buffer;
}

/** The parts of a container file. */
export interface AvroFile {
  readonly meta: Map<string, Buffer>;
  sync: Buffer;
  blocks: Block[];
}

/** A variable-length zigzag integer. */
export function long(value: bigint): Buffer {
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  const bytes: number[] = [];
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

/** Reads bytes from the front to the back. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(size: number): Buffer {
    const end = this.#at + size;
    if (size < 0 || end > this.#bytes.length) throw new RangeError("not that many bytes");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  long(): bigint {
    let [raw, shift] = [0n, 0n];
    for (let byte = 0x80; byte >= 0x80; shift += 7n) {
      byte = this.take(1)[0] ?? 0;
      raw |= BigInt(byte & 0x7f) << shift;
    }
    return (raw >> 1n) ^ -(raw & 1n);
  }

  sized(): Buffer {
    return this.take(Number(this.long()));
  }
}

/** Takes a container file apart. Markers and sizes of blocks are kept, not checked. */
export function parseFile(bytes: Buffer): AvroFile {
  const reader = new Reader(bytes);
  const header = parseHeader(reader);
  const blocks: Block[] = [];
  while (!reader.isAtEnd) blocks.push({ count: reader.long(), data: reader.sized(), sync: reader.take(16) });
  return { ...header, blocks };
}

/** The sync marker in the header of a container file, whatever follows. */
export function syncOf(bytes: Buffer): Buffer {
  return parseHeader(new Reader(bytes)).sync;
}

function parseHeader(reader: Reader): Omit<AvroFile, "blocks"> {
  reader.take(4);
  const meta = new Map<string, Buffer>();
  for (let count = reader.long(); count !== 0n; count = reader.long())
    for (let i = 0n; i < count; i++) meta.set(reader.sized().toString(), reader.sized());
  return { meta, sync: reader.take(16) };
}

/** Puts a container file together. */
function formatFile({ meta, sync, blocks }: AvroFile): Buffer {
  const sized = (bytes: Buffer): Buffer => Buffer.concat([long(BigInt(bytes.length)), bytes]);
  const entries = Array.from(meta, ([key, value]) => [sized(Buffer.from(key)), sized(value)]).flat();
  return Buffer.concat([
    Buffer.from("Obj\u0001"),
    ...(meta.size === 0 ? [] : [long(BigInt(meta.size)), ...entries]),
    long(0n),
    sync,
    ...blocks.flatMap((block) => [long(block.count), sized(block.data), block.sync]),
  ]);
}

/** Edits a container file, the content of its blocks aside. */
export function editFile(change: (file: AvroFile) => void): (bytes: Buffer) => Buffer {
  return (bytes) => {
    const file = parseFile(bytes);
    change(file);
    return formatFile(file);
  };
}
