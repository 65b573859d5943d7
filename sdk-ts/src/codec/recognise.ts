import type { Codec } from "./codec.js";

/** The first of the codecs that recognises the bytes. */
export function recognise(bytes: Uint8Array, codecs: Iterable<Codec>): Codec | undefined {
  for (const codec of codecs) {
    if (codec.recognises?.(bytes)) return codec;
  }
  return undefined;
}
