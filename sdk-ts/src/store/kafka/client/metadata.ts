import type { Address } from "./address.js";
import type { KafkaBroker } from "./kafka-broker.js";
import { sendTo } from "./send-to.js";

/** A broker as the others know it. */
export interface Node extends Address {
  readonly id: number;
}

/** What a broker knows of the cluster. */
export interface Metadata {
  readonly nodes: readonly Node[];
  readonly controller: number;
  readonly topics: readonly TopicMetadata[];
}

export interface TopicMetadata {
  readonly name: string;
  /** Of the protocol; 0: there is none. */
  readonly errorCode: number;
  /** Leaders by the number of the partition; -1: it has none at present. */
  readonly leaders: readonly number[];
}

/** Asks for the brokers and for topics, and creates none. kafkajs would fail for all if one has no leader. */
export function metadataOf(broker: KafkaBroker, topics: readonly string[]): Promise<Metadata> {
  return sendTo(
    broker,
    { key: 3, version: 6, name: "Metadata" },
    (writer) => {
      writer.list(topics, (topic) => writer.text(topic));
      writer.int8(0); // Not to be created.
    },
    (reader) => {
      reader.int32(); // throttle time
      const nodes = reader.list(() => {
        const node = { id: reader.int32(), host: reader.text() ?? "", port: reader.int32() };
        reader.text(); // rack
        return node;
      });
      reader.text(); // cluster
      const controller = reader.int32();
      const found = reader.list(() => {
        const errorCode = reader.int16();
        const name = reader.text() ?? "";
        reader.int8(); // internal
        const leaders: number[] = [];
        reader.list(() => {
          reader.int16(); // error, which a missing leader says too
          const partition = reader.int32();
          leaders[partition] = reader.int32();
          for (let lists = 0; lists < 3; lists++) reader.list(() => reader.int32()); // replicas
        });
        return { name, errorCode, leaders };
      });
      return { nodes, controller, topics: found };
    },
  );
}
