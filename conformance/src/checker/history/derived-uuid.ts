import { createHash } from "node:crypto";
import { getOption } from "@bufbuild/protobuf";
import { protocol } from "../../gen/proto/eventy/v3/options_pb.js";
import { file_eventy_v3_protocol } from "../../gen/proto/eventy/v3/protocol_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import type { Place } from "./history.js";

/** The uuid that an output has, whoever computes it and how often. */
export function expectedUuid(
  input: NeutralRecord,
  group: string,
  handler: string,
  output: Pick<NeutralRecord, "namespace" | "name">,
  index: number,
): string {
  const qualifiedName = `${output.namespace}:${output.name}`;
  return uuidOf([input.source, input.uuid, group, handler, qualifiedName, String(index)]);
}

/** The idempotency key that a handler is given with a record. */
export function expectedKey(input: NeutralRecord, group: string, handler: string): string {
  return uuidOf([input.source, input.uuid, group, handler]);
}

/** The uuid of a record of protocol 1 or 2 that has none of its own. */
export function placeUuid({ topic, partition, offset }: Place): string {
  return uuidOf([topic, String(partition), String(offset)]);
}

/** UUID of version 5 of texts, each with its length before it, so that no two lists are one name. */
function uuidOf(parts: readonly string[]): string {
  const name = parts.map((part) => `${Buffer.byteLength(part)}:${part},`).join("");
  const namespace = getOption(file_eventy_v3_protocol, protocol).processing?.uuidNamespace ?? "";
  const hash = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
