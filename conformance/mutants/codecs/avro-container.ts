import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { Encoding } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import { fingerprintOf } from "../../src/oracle/avro/fingerprint.js";
import { avroSchemaOf } from "../../src/oracle/avro/schema.js";
import { type AvroFile, editFile, parseFile } from "../kit/avro-file.js";
import { breaking } from "../kit/breaking.js";
import { fabricate } from "../kit/fabricate.js";
import { forgives, onDecode, readsOther, refuses } from "../kit/reading.js";
import { rewrites } from "../kit/writing.js";

const KNOWN_META = ["avro.schema", "avro.codec"];

function codecOf({ meta }: AvroFile): string | undefined {
  return meta.get("avro.codec")?.toString();
}

function refusesCodec(codec: string | undefined): Mutant["mutate"] {
  return refuses("avro", (_, bytes) => codecOf(parseFile(bytes)) === codec, ErrorCode.UNKNOWN_ENCODING);
}

/** Reads files of which the parts are wrong. */
function mendsFile(change: (file: AvroFile) => void): Mutant["mutate"] {
  return forgives("avro", editFile(change));
}

/** Mutants of section 3.4. */
export const containerMutants: readonly Mutant[] = [
  ...breaking("COD-035", {
    "does not read deflate": refusesCodec("deflate"),
    "does not read snappy": refusesCodec("snappy"),
    "does not read files that name no codec": refusesCodec(undefined),
  }),
  ...breaking("COD-074", {
    "refuses bytes behind the deflate stream": refuses(
      "avro",
      (_, bytes) =>
        codecOf(parseFile(bytes)) === "deflate" &&
        parseFile(bytes).blocks.some(({ data }) => endOf(data) < data.length),
      ErrorCode.MALFORMED,
    ),
  }),
  ...breaking("COD-036", {
    "reads nothing in a block that is too large": forgives("avro", fabricate(ErrorCode.LIMIT_EXCEEDED)),
  }),
  ...breaking("COD-037", {
    "takes unknown codecs for null": mendsFile(({ meta }) => {
      meta.set("avro.codec", Buffer.from("null"));
    }),
  }),
  ...breaking("COD-038", {
    "does not look at sync markers": mendsFile((file) => {
      for (const block of file.blocks) block.sync = file.sync;
    }),
    "does not look at the last sync marker": mendsFile((file) => {
      const last = file.blocks.at(-1);
      if (last && file.blocks.length > 1) last.sync = file.sync;
    }),
    "does not look at the checksum of snappy": mendsFile(({ meta, blocks }) => {
      if (meta.get("avro.codec")?.toString() !== "snappy") return;
      for (const block of blocks) {
        const plain = unsnap(block.data.subarray(0, -4));
        block.data.writeUInt32BE(crc32(plain), block.data.length - 4);
      }
    }),
    "reads any version of the file format": forgives("avro", (bytes) =>
      Buffer.concat([Buffer.from("Obj\u0001"), bytes.subarray(4)]),
    ),
    "reads a file without a schema": forgives("avro", (bytes, error) =>
      parseFile(bytes).meta.has("avro.schema") ? undefined : fabricate(ErrorCode.MALFORMED)(bytes, error),
    ),
  }),
  ...breaking("COD-039", {
    "refuses blocks without a datum": refuses("avro", (_, bytes) =>
      parseFile(bytes).blocks.some(({ count }) => count === 0n),
    ),
    "refuses metadata that it does not know": refuses("avro", (_, bytes) =>
      [...parseFile(bytes).meta.keys()].some((key) => !KNOWN_META.includes(key)),
    ),
  }),
  ...breaking("COD-040", {
    "reads the first of several data": mendsFile((file) => {
      for (const block of file.blocks)
        if (block.count === 2n)
          [block.count, block.data] = [1n, block.data.subarray(0, block.data.length / 2)];
      file.blocks = file.blocks.slice(0, 1);
    }),
    "reads the first of several blocks": mendsFile((file) => {
      file.blocks = file.blocks.slice(0, 1);
    }),
    "reads a file without a datum": forgives("avro", (bytes, error) =>
      parseFile(bytes).blocks.every(({ count }) => count === 0n)
        ? fabricate(ErrorCode.INVALID_RECORD)(bytes, error)
        : undefined,
    ),
  }),
  ...breaking("COD-041", {
    "writes an empty block behind the record": rewrites(
      "avro",
      editFile(({ blocks, sync }) => {
        blocks.push({ count: 0n, data: Buffer.alloc(0), sync });
      }),
    ),
    "writes the record twice": rewrites(
      "avro",
      editFile(({ blocks }) => {
        blocks.push(...blocks);
      }),
    ),
  }),
  ...breaking("COD-042", {
    "writes deflate": rewrites(
      "avro",
      editFile(({ meta, blocks }) => {
        for (const block of blocks) block.data = deflateRawSync(block.data);
        meta.set("avro.codec", Buffer.from("deflate"));
      }),
    ),
  }),
];

/** Where a deflate stream ends. */
function endOf(data: Buffer): number {
  const { engine } = inflateRawSync(data, { info: true }) as unknown as { engine: { bytesWritten: number } };
  return engine.bytesWritten;
}

/** Decompresses snappy that is made of literals and copies, with none of its checks. */
function unsnap(data: Buffer): Buffer {
  let at = 0;
  while ((data[at] ?? 0) >= 0x80) at++;
  const out: number[] = [];
  for (at++; at < data.length; ) {
    const tag = data[at++] ?? 0;
    if ((tag & 3) === 0) {
      const size = tag >> 2;
      const extra = Math.max(0, size - 59);
      const length = 1 + (extra === 0 ? size : data.readUIntLE(at, extra));
      out.push(...data.subarray(at + extra, at + extra + length));
      at += extra + length;
    } else {
      const isShort = (tag & 3) === 1;
      const length = isShort ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
      const offset = isShort ? ((tag >> 5) << 8) | (data[at] ?? 0) : data.readUInt16LE(at);
      at += isShort ? 1 : 2;
      for (let i = 0; i < length; i++) out.push(out[out.length - offset] ?? 0);
    }
  }
  return Buffer.from(out);
}

/** Mutants of section 3.5. */
export const singleObjectMutants: readonly Mutant[] = [
  ...breaking("COD-043", {
    "writes the fingerprint most significant byte first": rewrites("avro-single-object", (bytes) =>
      Buffer.concat([bytes.subarray(0, 2), Buffer.from(bytes.subarray(2, 10)).reverse(), bytes.subarray(10)]),
    ),
    "writes no marker": rewrites("avro-single-object", (bytes) => bytes.subarray(2)),
    "writes the fingerprint of a schema with its documentation": rewrites("avro-single-object", (bytes) => {
      const other = Buffer.from(bytes);
      other[5] = (other[5] ?? 0) ^ 0xff;
      return other;
    }),
    "writes a line feed behind the datum": rewrites("avro-single-object", (bytes) =>
      Buffer.concat([bytes, Buffer.from("\n")]),
    ),
  }),
  ...breaking("COD-044", {
    "does not look at the fingerprint": onDecode("avro-single-object", ({ bytes, schema }, ask) => {
      const answer = ask();
      if (answer.case !== "failed" || schema === "") return answer;
      const fingerprint = fingerprintOf(avroSchemaOf(JSON.parse(schema)));
      const second = ask({ bytes: Buffer.concat([bytes.subarray(0, 2), fingerprint, bytes.subarray(10)]) });
      return second.case === "decoded" ? second : answer;
    }),
    "reads nothing where it does not know the fingerprint": forgives(
      "avro-single-object",
      fabricate(ErrorCode.UNKNOWN_SCHEMA),
    ),
  }),
  ...breaking("COD-045", {
    "does not look at the second byte of the marker": readsOther("avro-single-object", (bytes) =>
      bytes[0] === 0xc3 ? Buffer.concat([Buffer.from([0xc3, 1]), bytes.subarray(2)]) : undefined,
    ),
    "reads container files, too": onDecode("avro-single-object", (_, ask) => {
      const answer = ask();
      return answer.case === "failed" ? ask({ encoding: Encoding.AVRO }) : answer;
    }),
    "reads nothing in bytes that are too short": forgives("avro-single-object", (bytes, error) =>
      bytes.length < 10 ? fabricate(ErrorCode.MALFORMED)(bytes, error) : undefined,
    ),
  }),
];
