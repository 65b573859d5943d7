import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import { compileAvro } from "../../src/oracle/avro/compile.js";
import { editItem, editRaw, type Raw } from "../kit/avro.js";
import { has, hasBranch } from "../kit/avro-branches.js";
import { long, parseFile, Reader } from "../kit/avro-file.js";
import { breaking } from "../kit/breaking.js";
import { forgives, readsOther, refuses } from "../kit/reading.js";
import { attempt } from "../kit/replies.js";

/** Whether blocks of arrays and maps are not one each, without a size. */
function hasOtherBlocks(bytes: Buffer): boolean {
  const { meta, blocks } = parseFile(bytes);
  const { type } = compileAvro(JSON.parse(String(meta.get("avro.schema"))));
  return blocks.some(({ data }) => !type.toBuffer(type.fromBuffer(data)).equals(data));
}

/** Mutants of section 3.6, reading. */
export const avroReaderMutants: readonly Mutant[] = [
  ...breaking(
    "COD-052",
    Object.fromEntries(
      (["int", "long", "float", "double", "boolean", "null"] as const).map((kind) => [
        `does not read the branch ${kind}`,
        refuses("avro", (_, bytes) => hasBranch(bytes, kind), ErrorCode.MALFORMED),
      ]),
    ),
  ),
  ...breaking("COD-053", {
    "reads an index beyond the branches as 0": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -2), Buffer.from([0, 0])])),
    ),
    "reads an index beyond the symbols as 0": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -1), Buffer.from([0])])),
    ),
    "reads every byte but 0 as true": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -1), Buffer.from([Math.min(1, item.at(-1) ?? 0)])])),
    ),
    "cuts an int to 32 bits": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -5), long(0n)])),
    ),
    "reads long integers of any length": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -11), long(0n)])),
    ),
    "reads a negative length as 0": forgives(
      "avro",
      editItem((item) =>
        Buffer.concat([item.subarray(0, item.length - (item.at(-1) === 1 ? 1 : 9)), long(0n)]),
      ),
    ),
  }),
  ...breaking("COD-054", {
    "reads one block of an array or map": refuses(
      "avro",
      (_, bytes) => hasOtherBlocks(bytes),
      ErrorCode.MALFORMED,
    ),
  }),
  ...breaking("COD-055", {
    "takes the first of equal keys": readsOther(
      "avro",
      editRaw((node, raw) => (node.kind === "map" ? [...(raw as unknown[])].reverse() : raw)),
    ),
    "refuses equal keys": refuses(
      "avro",
      (_, bytes) =>
        attempt(() =>
          has(bytes, (node, raw) => {
            const keys = node.kind === "map" ? (raw as Raw[]).map(({ f0 }) => String(f0)) : [];
            return new Set(keys).size < keys.length;
          }),
        ) ?? false,
    ),
  }),
  ...breaking("COD-056", {
    "believes every count of items without bytes": forgives("avro", editItem(withoutItems)),
  }),
];

/** Where the last array or map of a datum begins at most, counted from the end. */
const TAIL = 22;

/** Leaves out an array or map at the end of a datum that announces more items than there can be. */
function withoutItems(item: Buffer): Buffer {
  const start = Math.max(0, item.length - TAIL);
  const at = Array.from(item.subarray(start), (_, i) => start + i).find((i) => {
    const count = attempt(() => new Reader(item.subarray(i)).long()) ?? 0n;
    return count > 2n ** 50n || count < -(2n ** 50n);
  });
  return at === undefined ? item : Buffer.concat([item.subarray(0, at), long(0n)]);
}
