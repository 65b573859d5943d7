import type { Repair } from "./reading.js";

/** Repairs that leave out the last bytes: one, two, and so on. */
export function cutTail(most: number): readonly Repair[] {
  return Array.from({ length: most }, (_, i) => (bytes) => bytes.subarray(0, -1 - i));
}

/** Repairs that add bytes at the end. */
export function append(...tails: readonly (string | Uint8Array)[]): readonly Repair[] {
  return tails.map((tail) => (bytes) => Buffer.concat([bytes, Buffer.from(tail as string)]));
}

/** Puts as many question marks in place of the last bytes that are not UTF-8 and not ASCII. */
export function mendUtf8(bytes: Buffer): Buffer | undefined {
  const parts = [[0xff], [0xc0, 0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80]];
  for (const part of parts) {
    const at = bytes.lastIndexOf(Buffer.from(part));
    if (at >= 0)
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.alloc(part.length, "?"),
        bytes.subarray(at + part.length),
      ]);
  }
  return undefined;
}
