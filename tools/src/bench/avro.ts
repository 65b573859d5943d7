import { once } from "node:events";
import { AvroSchemas, avroContainerCodec, avroSingleObjectCodec } from "@eventy/sdk/codec/avro";
import avro from "avsc";
import type { Comparison } from "./comparison.js";
import { contender } from "./measure.js";
import { cycle, orderPlacedSchema, records } from "./payload.js";
import { type PythonContender, pythonAvroDecode } from "./python-eventy.js";
import type { Suite } from "./suite.js";

/** Bytes that say which schema follows, before what avsc reads. */
const singleObjectHeader = 10;

const schemas = new AvroSchemas();
schemas.register(orderPlacedSchema);

/** Avro against the original Python package, and against the library beneath. */
export async function avroSuite(): Promise<Suite> {
  const codec = avroContainerCodec(schemas);
  const files = records.map((record) => codec.encode(record));
  const python = pythonAvroDecode("eventy 3.4.0 in Python", files);
  const type = await typeOf(files[0] ?? new Uint8Array());
  return {
    parts: [containerDecode(files, python), ...singleObject(type)],
    close: () => python.stop(),
  };
}

function containerDecode(files: readonly Uint8Array[], python: PythonContender): Comparison {
  const codec = avroContainerCodec(schemas);
  const next = cycle(files);
  return {
    title: "Avro container file decode, bytes to a validated immutable record",
    ours: contender("eventy", () => codec.decode(next())),
    rivals: [{ contender: python, target: 20 }],
  };
}

function singleObject(type: avro.Type): Comparison[] {
  const codec = avroSingleObjectCodec(schemas);
  const bytes = records.map((record) => codec.encode(record));
  const datums = bytes.map((each) => Buffer.from(each.subarray(singleObjectHeader)));
  const values = datums.map((each) => type.fromBuffer(each));
  const [nextBytes, nextDatum, nextRecord, nextValue] = [
    cycle(bytes),
    cycle(datums),
    cycle(records),
    cycle(values),
  ];
  return [
    {
      title: "Avro single-object decode",
      ours: contender("eventy", () => codec.decode(nextBytes())),
      rivals: [{ contender: contender("bare avsc", () => type.fromBuffer(nextDatum())), target: 0.5 }],
    },
    {
      title: "Avro single-object encode",
      ours: contender("eventy", () => codec.encode(nextRecord())),
      rivals: [{ contender: contender("bare avsc", () => type.toBuffer(nextValue())), target: 0.5 }],
    },
  ];
}

/** The schema that a container file carries, as avsc itself reads it. */
async function typeOf(file: Uint8Array): Promise<avro.Type> {
  const decoder = new avro.streams.BlockDecoder();
  const metadata = once(decoder, "metadata");
  decoder.end(file);
  const [type] = await metadata;
  return type;
}
