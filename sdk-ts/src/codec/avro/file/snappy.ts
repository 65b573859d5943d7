/** Three bytes of a stream, a copy, stand for up to 64; nothing stands for more. */
const MOST_BYTES_PER_BYTE = 22;

/**
 * The bytes of a raw Snappy stream; undefined if it is not one.
 *
 * Takes memory in proportion to the stream, whatever length it announces.
 *
 * Why not the package `snappyjs`: some streams make it loop for ever.
 */
export function uncompressSnappy(stream: Uint8Array, limit: number): Uint8Array | "too large" | undefined {
  const header = readLength(stream);
  if (header === undefined || header.length > MOST_BYTES_PER_BYTE * stream.length) return undefined;
  if (header.length > limit) return "too large";
  const output = new Uint8Array(header.length);
  let read = header.end;
  let written = 0;
  while (read < stream.length) {
    const tag = stream[read++] ?? 0;
    if ((tag & 3) === 0) {
      const extra = Math.max((tag >>> 2) - 59, 0);
      const length = extra === 0 ? (tag >>> 2) + 1 : littleEndian(stream, read, extra) + 1;
      read += extra;
      if (read + length > stream.length || written + length > output.length) return undefined;
      output.set(stream.subarray(read, read + length), written);
      read += length;
      written += length;
    } else {
      const size = (tag & 3) === 3 ? 4 : tag & 3;
      const length = size === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
      const offset = littleEndian(stream, read, size) + (size === 1 ? (tag >>> 5) << 8 : 0);
      read += size;
      if (read > stream.length || offset === 0 || offset > written) return undefined;
      if (written + length > output.length) return undefined;
      // A copy may overlap what it writes, which repeats it: byte by byte.
      for (const end = written + length; written < end; written++)
        output[written] = output[written - offset] ?? 0;
    }
  }
  return written === output.length ? output : undefined;
}

/** The length that a stream begins with, a varint of up to 32 bits. */
function readLength(stream: Uint8Array): { readonly length: number; readonly end: number } | undefined {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = stream[index];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return length < 2 ** 32 ? { length, end: index + 1 } : undefined;
  }
  return undefined;
}

function littleEndian(bytes: Uint8Array, start: number, size: number): number {
  let value = 0;
  for (let index = 0; index < size; index++) value += (bytes[start + index] ?? 0) * 2 ** (8 * index);
  return value;
}
