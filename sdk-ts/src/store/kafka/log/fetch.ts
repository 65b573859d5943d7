import type { TopicPartition } from "../../stored-record.js";
import type { KafkaBroker } from "../client/kafka-broker.js";
import type { KafkaJs } from "../client/kafkajs.js";
import { sendTo } from "../client/send-to.js";

/** What is to be read. */
export interface FetchRequest extends TopicPartition {
  readonly offset: number;
  /** Milliseconds that the broker waits for records. */
  readonly maxWaitMs: number;
  /** The first batch is returned even if it is larger. */
  readonly maxBytes: number;
}

/** Batches of a partition as they stand in its log, those of aborted transactions too. */
export interface Fetched {
  readonly log: Buffer;
  /** Which of them are to be passed over. */
  readonly aborted: readonly AbortedTransaction[];
}

/** A producer's records from an offset on, up to its next marker. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

const NONE = -1;
const READ_COMMITTED = 1;

/** Reads a partition from its leader, up to the first transaction that is still open. */
export function fetchFrom(
  broker: KafkaBroker,
  { createErrorFromCode }: Pick<KafkaJs, "createErrorFromCode">,
  { topic, partition, offset, maxWaitMs, maxBytes }: FetchRequest,
): Promise<Fetched> {
  return sendTo(
    broker,
    { key: 1, version: 11, name: "Fetch" },
    (writer) => {
      writer.int32(NONE); // not a replica
      writer.int32(maxWaitMs);
      writer.int32(1); // least bytes
      writer.int32(maxBytes);
      writer.int8(READ_COMMITTED);
      writer.int32(0); // no session
      writer.int32(NONE);
      writer.list([topic], (name) => {
        writer.text(name);
        writer.list([partition], (number) => {
          writer.int32(number);
          writer.int32(NONE); // epoch of the leader
          writer.int64(offset);
          writer.int64(NONE); // begin of the log, of replicas
          writer.int32(maxBytes);
        });
      });
      writer.list([], () => undefined); // forgotten in the session
      writer.text(""); // rack
    },
    (reader) => {
      reader.int32(); // throttle time
      let errorCode = reader.int16();
      reader.int32(); // session
      let fetched: Fetched = { log: Buffer.alloc(0), aborted: [] };
      reader.list(() => {
        reader.text();
        reader.list(() => {
          reader.int32();
          const code = reader.int16();
          errorCode = errorCode === 0 ? code : errorCode;
          for (let offsets = 0; offsets < 3; offsets++) reader.int64();
          const aborted = reader.list(() => ({ producerId: reader.int64(), firstOffset: reader.int64() }));
          reader.int32(); // replica to read from
          fetched = { log: reader.take(Math.max(reader.int32(), 0)), aborted };
        });
      });
      if (errorCode !== 0) throw createErrorFromCode(errorCode);
      return fetched;
    },
  );
}
