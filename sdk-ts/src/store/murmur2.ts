const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/** The hash function MurmurHash2 of 32 bits, signed, with the seed that Kafka uses. */
export function murmur2(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = bytes.length & ~3;
  let hash = SEED ^ bytes.length;
  for (let at = 0; at < tail; at += 4) {
    let word = Math.imul(view.getInt32(at, true), MIX);
    word ^= word >>> 24;
    hash = Math.imul(hash, MIX) ^ Math.imul(word, MIX);
  }
  for (let at = bytes.length - 1; at >= tail; at--) hash ^= view.getUint8(at) << (8 * (at - tail));
  if (bytes.length > tail) hash = Math.imul(hash, MIX);
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}
