import type { TopicPartition } from "../../stored-record.js";
import type { KafkaBroker } from "../client/kafka-broker.js";
import { sendTo } from "../client/send-to.js";
import { groupBy } from "../group-by.js";

/** A batch for a partition. */
export interface BatchFor extends TopicPartition {
  readonly bytes: Buffer;
}

/** Where a batch was appended, or why it was not. */
export interface Produced extends TopicPartition {
  /** Of the protocol; 0: it was appended. */
  readonly errorCode: number;
  readonly baseOffset: number;
}

const ALL_IN_SYNC = -1;

/** Appends batches, one for each partition at most, to partitions that the broker leads. */
export function produceTo(
  broker: KafkaBroker,
  batches: readonly BatchFor[],
  transactionalId: string | null,
  timeoutMs: number,
): Promise<readonly Produced[]> {
  return sendTo(
    broker,
    { key: 0, version: 7, name: "Produce" },
    (writer) => {
      writer.text(transactionalId);
      writer.int16(ALL_IN_SYNC);
      writer.int32(timeoutMs);
      writer.list([...groupBy(batches, ({ topic }) => topic)], ([topic, ofTopic]) => {
        writer.text(topic);
        writer.list(ofTopic, ({ partition, bytes }) => {
          writer.int32(partition);
          writer.int32(bytes.length);
          writer.raw(bytes);
        });
      });
    },
    (reader) => {
      const produced: Produced[] = [];
      reader.list(() => {
        const topic = reader.text() ?? "";
        reader.list(() => {
          const partition = reader.int32();
          const errorCode = reader.int16();
          const baseOffset = reader.int64();
          reader.int64(); // append time
          reader.int64(); // begin of the log
          produced.push({ topic, partition, errorCode, baseOffset });
        });
      });
      return produced;
    },
  );
}
