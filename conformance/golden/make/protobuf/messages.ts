import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { encodeProtobuf, type NeutralRecord } from "../../../src/oracle/index.js";
import { type Fields, recordOf } from "../base.js";
import { decodeLines } from "../decode-lines.js";

/** The record that most messages are. */
export const PLAIN = recordOf({ data: { order: 42 } });
export const BYTES = encodeProtobuf(PLAIN);

/** Field numbers of the record. */
export const PARTITION_KEY = 9;
export const CONTEXT = 16;
const DATA = 17;

export const { accept, refuse } = decodeLines("protobuf");

/** Bytes one behind the other. */
export function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** One length-delimited field. */
export function field(number: number, content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(bytes).finish();
}

/** A message whose properties are these, whether a record may have them or not, and else those of a record. */
export function altered(changes: Partial<NeutralRecord>, fields: Fields = {}): Uint8Array {
  return encodeProtobuf({ ...recordOf(fields), ...changes });
}

/** A record without payload. */
export const BARE = altered({ payload: { case: undefined } });

/** A record without payload, and these entries of data in bytes. */
export function withData(...entries: Uint8Array[]): Uint8Array {
  return join(BARE, field(DATA, join(...entries.map((entry) => field(1, entry)))));
}

/** The bytes of an entry: a key and a value. */
export function entry(key: string, value: Uint8Array | undefined): Uint8Array {
  return join(field(1, key), ...(value ? [field(2, value)] : []));
}

/** The bytes of a value: its one field. */
export function integer(value: number): Uint8Array {
  return new BinaryWriter().tag(3, WireType.Varint).sint64(value).finish();
}
