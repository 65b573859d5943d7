import { deflateRawSync, inflateRawSync } from "node:zlib";
import { orRefuse, Refusal } from "../refusal.js";
import { entriesOf, type Value } from "../values.js";
import { compileAvro } from "./compile.js";
import { fromRaw } from "./values.js";

const MAGIC = new Uint8Array([0x4f, 0x62, 0x6a, 1]);
const HEADER = compileAvro({
  type: "record",
  name: "header",
  fields: [
    { name: "magic", type: { type: "fixed", name: "magic", size: 4 } },
    { name: "meta", type: { type: "map", values: "bytes" } },
    { name: "sync", type: { type: "fixed", name: "sync", size: 16 } },
  ],
});
const BLOCK = compileAvro({
  type: "record",
  name: "block",
  fields: [
    { name: "count", type: "long" },
    { name: "items", type: "bytes" },
    { name: "sync", type: { type: "fixed", name: "sync", size: 16 } },
  ],
});

/** An Avro object container file, opened. */
export interface AvroFile {
  readonly schema: string;
  readonly codec: string;
  /** How many items, and their bytes one after the other, of each block. */
  readonly blocks: readonly { readonly count: number; readonly items: Buffer }[];
}

/** Opens an Avro object container file, without a look at its items. */
export function readContainer(bytes: Uint8Array): AvroFile {
  const buffer = Buffer.from(bytes);
  const header = next(HEADER, buffer, 0, "the header is cut short");
  const [magic, meta, sync] = ["magic", "meta", "sync"].map((name) => header.fields.get(name)?.kind);
  if (magic?.case !== "bytes" || !Buffer.from(MAGIC).equals(magic.value))
    throw new Refusal("not an Avro file");
  const entries = entriesOf(meta?.case === "map" ? meta.value : undefined);
  const codec = textOf(entries.get("avro.codec")) ?? "null";
  const schema = textOf(entries.get("avro.schema"));
  if (schema === undefined) throw new Refusal("no schema in the header");
  const blocks: { count: number; items: Buffer }[] = [];
  for (let position = header.end; position < buffer.length; ) {
    const block = next(BLOCK, buffer, position, "a block is cut short");
    const [count, items, marker] = ["count", "items", "sync"].map((name) => block.fields.get(name)?.kind);
    if (count?.case !== "integer" || items?.case !== "bytes" || marker?.case !== "bytes")
      throw new Refusal("no block");
    if (sync?.case !== "bytes" || !Buffer.from(sync.value).equals(marker.value))
      throw new Refusal("a wrong sync marker");
    blocks.push({ count: Number(count.value), items: decompress(codec, items.value) });
    position = block.end;
  }
  return { schema, codec, blocks };
}

/** How a container file is written. */
export interface ContainerOptions {
  readonly codec?: "null" | "deflate";
  /** The items are compressed already. */
  readonly compressed?: boolean;
  readonly sync?: Uint8Array;
}

/** Writes an Avro object container file of blocks of already encoded items. */
export function writeContainer(
  schema: string,
  blocks: readonly { readonly count: number; readonly items: Uint8Array }[],
  options: ContainerOptions = {},
): Uint8Array {
  const { codec = "null", compressed = false, sync = new Uint8Array(16).fill(0xa5) } = options;
  const meta = [
    { f0: Buffer.from("avro.schema"), f1: Buffer.from(schema) },
    { f0: Buffer.from("avro.codec"), f1: Buffer.from(codec) },
  ];
  const header = HEADER.type.toBuffer({ f0: Buffer.from(MAGIC), f1: meta, f2: Buffer.from(sync) });
  const written = blocks.map(({ count, items }) => {
    const f1 = codec === "deflate" && !compressed ? deflateRawSync(items) : Buffer.from(items);
    return BLOCK.type.toBuffer({ f0: BigInt(count), f1, f2: Buffer.from(sync) });
  });
  return new Uint8Array(Buffer.concat([header, ...written]));
}

function next(compiled: typeof HEADER, buffer: Buffer, position: number, problem: string): Part {
  const { value, offset } = orRefuse(problem, () => compiled.type.decode(buffer, position));
  if (offset < 0) throw new Refusal(problem);
  const { kind } = fromRaw(compiled.node, value);
  return { fields: entriesOf(kind.case === "map" ? kind.value : undefined), end: offset };
}

interface Part {
  readonly fields: ReadonlyMap<string, Value>;
  readonly end: number;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind.case === "bytes" ? Buffer.from(value.kind.value).toString() : undefined;
}

function decompress(codec: string, items: Uint8Array): Buffer {
  if (codec === "null") return Buffer.from(items);
  if (codec === "deflate")
    return orRefuse("not deflate", () => inflateRawSync(items, { maxOutputLength: 2 ** 27 }));
  throw new Refusal(`unknown Avro codec ${codec}`);
}
