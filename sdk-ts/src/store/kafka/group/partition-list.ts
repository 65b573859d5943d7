import type { TopicPartition } from "../../stored-record.js";
import type { ByteReader } from "../client/byte-reader.js";
import type { ByteWriter } from "../client/byte-writer.js";

/** Writes partitions as `[topic [partition]]`. */
export function writePartitions(writer: ByteWriter, partitions: Iterable<TopicPartition>): void {
  const byTopic = new Map<string, number[]>();
  for (const { topic, partition } of partitions) {
    const numbers = byTopic.get(topic) ?? [];
    byTopic.set(topic, numbers);
    numbers.push(partition);
  }
  writer.list([...byTopic], ([topic, numbers]) => {
    writer.text(topic);
    writer.list(numbers, (partition) => writer.int32(partition));
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
