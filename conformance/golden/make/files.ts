import type { Line } from "../../src/cases/golden/line.js";
import { avroLines, singleObjectLines } from "./avro-lines.js";
import { emitLines } from "./emit-lines.js";
import { avroEncodeLines, jsonEncodeLines, protobufEncodeLines } from "./encode-lines.js";
import {
  avroDecodes,
  encodes,
  jsonDecodes,
  protobufDecodes,
  singleObjectDecodes,
} from "./from-hard-records.js";
import { jsonLines } from "./json-lines.js";
import { legacyLines } from "./legacy-lines.js";
import { protobufLines } from "./protobuf-lines.js";

/** The golden files that are made here, by path. */
export function goldenFiles(): Map<string, string> {
  const files: [string, Line[]][] = [
    ["json/decode.jsonl", [...jsonDecodes(), ...jsonLines()]],
    ["json/encode.jsonl", [...encodes("json"), ...jsonEncodeLines()]],
    ["avro/decode.jsonl", [...avroDecodes(), ...avroLines()]],
    ["avro/legacy.jsonl", legacyLines()],
    ["avro/encode.jsonl", [...encodes("avro"), ...avroEncodeLines("avro")]],
    ["avro-single-object/decode.jsonl", [...singleObjectDecodes(), ...singleObjectLines()]],
    [
      "avro-single-object/encode.jsonl",
      [...encodes("avro-single-object"), ...avroEncodeLines("avro-single-object")],
    ],
    ["protobuf/decode.jsonl", [...protobufDecodes(), ...protobufLines()]],
    ["protobuf/encode.jsonl", [...encodes("protobuf"), ...protobufEncodeLines()]],
    ["context/emit.jsonl", emitLines()],
  ];
  return new Map(
    files.map(([path, lines]) => [path, lines.map((line) => `${JSON.stringify(line)}\n`).join("")]),
  );
}
