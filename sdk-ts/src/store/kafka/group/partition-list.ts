import type { TopicPartition } from "../../stored-record.js";
import type { ByteReader } from "../client/byte-reader.js";
import type { ByteWriter } from "../client/byte-writer.js";
import { groupBy } from "../group-by.js";

/** Writes partitions as `[topic [partition]]`. */
export function writePartitions(writer: ByteWriter, partitions: Iterable<TopicPartition>): void {
  writer.list([...groupBy(partitions, ({ topic }) => topic)], ([topic, ofTopic]) => {
    writer.text(topic);
    writer.list(ofTopic, ({ partition }) => writer.int32(partition));
  });
}

export function readPartitions(reader: ByteReader): TopicPartition[] {
  return reader
    .list(() => {
      const topic = reader.text() ?? "";
      return reader.list(() => ({ topic, partition: reader.int32() }));
    })
    .flat();
}
