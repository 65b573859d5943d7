import type { Line } from "../../src/cases/golden/line.js";
import { avroLines } from "./avro/decode.js";
import { avroEncodeLines } from "./avro/encode.js";
import { legacyLines } from "./avro/legacy.js";
import { singleObjectLines } from "./avro/single-objects.js";
import { emitLines } from "./context/emit.js";
import {
  avroDecodes,
  encodes,
  jsonDecodes,
  protobufDecodes,
  singleObjectDecodes,
} from "./from-hard-records.js";
import { jsonLines } from "./json/decode.js";
import { jsonEncodeLines } from "./json/encode.js";
import { protobufLines } from "./protobuf/decode.js";
import { protobufEncodeLines } from "./protobuf/encode.js";

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
