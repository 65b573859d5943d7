import type { TopicPartition } from "../../stored-record.js";
import type { KafkaBroker } from "../client/kafka-broker.js";
import type { KafkaJs } from "../client/kafkajs.js";
import { sendTo } from "../client/send-to.js";
import { groupBy } from "../group-by.js";

/** What is to be asked. */
export interface OffsetFetchRequest {
  readonly group: string;
  readonly partitions: readonly TopicPartition[];
  /** Whether nothing is answered while a transaction that sets one of the offsets is open. */
  readonly requireStable: boolean;
}

/** An offset that a group has. */
export interface FetchedOffset extends TopicPartition {
  /** -1: the group has none. */
  readonly offset: number;
  readonly metadata: string | null;
}

/** Asks the coordinator of a group for its offsets. */
export function fetchOffsets(
  broker: KafkaBroker,
  { createErrorFromCode }: Pick<KafkaJs, "createErrorFromCode">,
  { group, partitions, requireStable }: OffsetFetchRequest,
): Promise<readonly FetchedOffset[]> {
  return sendTo(
    broker,
    { key: 9, version: 7, name: "OffsetFetch" },
    (writer) => {
      writer.noTags(); // of the header
      writer.compactText(group);
      const byTopic = [...groupBy(partitions, ({ topic }) => topic)];
      writer.compactList(byTopic, ([topic, ofTopic]) => {
        writer.compactText(topic);
        writer.compactList(ofTopic, ({ partition }) => writer.int32(partition));
        writer.noTags();
      });
      writer.int8(requireStable ? 1 : 0);
      writer.noTags();
    },
    (reader) => {
      reader.tags(); // of the header
      reader.int32(); // throttle time
      const errorCodes: number[] = [];
      const offsets = reader.compactList(() => {
        const topic = reader.compactText() ?? "";
        const ofTopic = reader.compactList(() => {
          const partition = reader.int32();
          const offset = reader.int64();
          reader.int32(); // epoch of the leader
          const metadata = reader.compactText();
          errorCodes.push(reader.int16());
          reader.tags();
          return { topic, partition, offset, metadata };
        });
        reader.tags();
        return ofTopic;
      });
      errorCodes.unshift(reader.int16());
      const errorCode = errorCodes.find((code) => code !== 0);
      if (errorCode !== undefined) throw createErrorFromCode(errorCode);
      return offsets.flat();
    },
  );
}
