import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";
import type { KafkaBroker } from "./kafka-broker.js";

/** Which request, in which of its versions. */
export interface Api {
  readonly key: number;
  readonly version: number;
  readonly name: string;
}

/** Sends a request whose bytes are written and read here and not by kafkajs. */
export function sendTo<T>(
  broker: KafkaBroker,
  { key, version, name }: Api,
  write: (writer: ByteWriter) => void,
  read: (reader: ByteReader) => T | Promise<T>,
): Promise<T> {
  return broker.connectionPool.send({
    request: {
      apiKey: key,
      apiVersion: version,
      apiName: name,
      encode() {
        const writer = new ByteWriter();
        write(writer);
        const { bytes } = writer;
        return { buf: bytes, buffer: bytes };
      },
    },
    response: {
      decode: async (payload) => ({ answer: await read(new ByteReader(payload)) }),
      parse: ({ answer }) => answer,
    },
  });
}
