/** Castagnoli's polynomial, the other way round. */
const POLYNOMIAL = 0x82f63b78;

/** The checksums of all bytes, and of all bytes with one to seven zeros behind them: eight bytes are taken at once. */
const tables = makeTables();

/** The checksum of a part of the bytes, unsigned. */
export function crc32c(bytes: Uint8Array, from: number, to: number): number {
  let crc = -1;
  let at = from;
  for (const end = to - 7; at < end; at += 8) {
    crc ^=
      byte(bytes, at) |
      (byte(bytes, at + 1) << 8) |
      (byte(bytes, at + 2) << 16) |
      (byte(bytes, at + 3) << 24);
    crc =
      entry(1792 + (crc & 0xff)) ^
      entry(1536 + ((crc >>> 8) & 0xff)) ^
      entry(1280 + ((crc >>> 16) & 0xff)) ^
      entry(1024 + (crc >>> 24)) ^
      entry(768 + byte(bytes, at + 4)) ^
      entry(512 + byte(bytes, at + 5)) ^
      entry(256 + byte(bytes, at + 6)) ^
      entry(byte(bytes, at + 7));
  }
  for (; at < to; at++) crc = entry((crc ^ byte(bytes, at)) & 0xff) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

function entry(index: number): number {
  return tables[index] as number;
}

function makeTables(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let index = 0; index < made.length; index++) {
    let crc = index < 256 ? index : (made[index - 256] as number);
    if (index < 256) for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    else crc = (crc >>> 8) ^ (made[crc & 0xff] as number);
    made[index] = crc;
  }
  return made;
}
