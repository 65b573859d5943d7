import { type Codec, CodecRegistry } from "@eventy/sdk/codec";
import { AvroSchemas, avroContainerCodec, avroSingleObjectCodec, type Evsc } from "@eventy/sdk/codec/avro";
import { jsonCodec } from "@eventy/sdk/codec/json";
import { protobufCodec } from "@eventy/sdk/codec/protobuf";
import { EventyError, type EventyRecord } from "@eventy/sdk/record";
import { Encoding } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";

/** The bytes of a record; `schema` is an EVenty SChema as JSON text, or empty. */
export function encode(encoding: Encoding, record: EventyRecord, schema: string): Uint8Array {
  return codecOf(encoding, schema, false).encode(record);
}

/** The record that bytes hold, in an encoding that is recognised if unspecified. */
export function decode(encoding: Encoding, bytes: Uint8Array, schema: string, strict: boolean): EventyRecord {
  if (encoding !== Encoding.UNSPECIFIED) return codecOf(encoding, schema, strict).decode(bytes);
  const schemas = schemasOf(schema);
  const registry = new CodecRegistry(
    jsonCodec({ strict }),
    avroContainerCodec(schemas),
    avroSingleObjectCodec(schemas),
    protobufCodec(),
  );
  return registry.decode(bytes);
}

/** The codecs of a service: all, and first that of what it emits. */
export function codecsOf(encoding: Encoding, schemas: readonly string[]): CodecRegistry {
  const registered = new AvroSchemas();
  for (const schema of schemas) registered.register(JSON.parse(schema) as Evsc);
  const avro = avroContainerCodec(registered);
  const all = [jsonCodec(), avro, protobufCodec()];
  switch (encoding) {
    case Encoding.UNSPECIFIED:
    case Encoding.JSON:
      return new CodecRegistry(...all);
    case Encoding.AVRO:
      return new CodecRegistry(avro, ...all.filter((codec) => codec !== avro));
    default:
      throw new EventyError("UNKNOWN_ENCODING", `no service is run in the encoding ${encoding}`);
  }
}

function codecOf(encoding: Encoding, schema: string, strict: boolean): Codec {
  switch (encoding) {
    case Encoding.JSON:
      return jsonCodec({ strict });
    case Encoding.AVRO:
      return avroContainerCodec(schemasOf(schema));
    case Encoding.AVRO_SINGLE_OBJECT:
      return avroSingleObjectCodec(schemasOf(schema));
    case Encoding.PROTOBUF:
      return protobufCodec();
    default:
      throw new EventyError("UNKNOWN_ENCODING", `encoding ${encoding} is not known`);
  }
}

function schemasOf(schema: string): AvroSchemas {
  return schema === "" ? new AvroSchemas() : new AvroSchemas().register(JSON.parse(schema) as Evsc);
}
