import { mustBeDone, type Request, TIMEOUT_MS } from "./request.js";

/** A partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** The first offset that is kept, or the one behind the last record, committed or not. */
export type Bound = "begin" | "end";

/** Asks for the bounds of partitions that the broker leads. */
export function listOffsets(
  bound: Bound,
  partitions: readonly TopicPartition[],
): Request<ReadonlyMap<string, number>> {
  return {
    name: "ListOffsets",
    key: 2,
    version: 2,
    write(writer) {
      writer.int32(-1).int8(0);
      writer.array(partitions, ({ topic, partition }) =>
        writer
          .string(topic)
          .int32(1)
          .int32(partition)
          .int64(bound === "begin" ? -2 : -1),
      );
    },
    read(reader) {
      reader.int32();
      const offsets = new Map<string, number>();
      reader.array(() => {
        const topic = reader.string() ?? "";
        reader.array(() => {
          const partition = reader.int32();
          mustBeDone("ListOffsets", reader.int16());
          reader.int64();
          offsets.set(`${topic}/${partition}`, reader.int64());
        });
      });
      return offsets;
    },
  };
}

/** What there is of a partition from an offset on. */
export interface Fetched {
  /** Behind the last record that all replicas have. */
  readonly end: number;
  /** Whole batches, and perhaps a part of one. */
  readonly bytes: Buffer;
}

const FETCH_BYTES = 16 * 1024 * 1024;

/** Asks for what stands in a partition, committed or not. */
export function fetch({ topic, partition }: TopicPartition, offset: number): Request<Fetched> {
  return {
    name: "Fetch",
    key: 1,
    version: 4,
    write(writer) {
      writer.int32(-1).int32(0).int32(0).int32(FETCH_BYTES).int8(0);
      writer.int32(1).string(topic).int32(1).int32(partition).int64(offset).int32(FETCH_BYTES);
    },
    read(reader) {
      reader.int32();
      const [[fetched] = []] = reader.array(() => {
        reader.string();
        return reader.array(() => {
          reader.int32();
          mustBeDone("Fetch", reader.int16());
          const end = reader.int64();
          reader.int64();
          reader.array(() => reader.bytes(16));
          return { end, bytes: reader.nullableBytes() ?? Buffer.alloc(0) };
        });
      });
      return fetched ?? { end: 0, bytes: Buffer.alloc(0) };
    },
  };
}

/** Erases what stands in a partition below an offset. */
export function deleteRecords({ topic, partition }: TopicPartition, below: number): Request<void> {
  return {
    name: "DeleteRecords",
    key: 21,
    version: 1,
    write(writer) {
      writer.int32(1).string(topic).int32(1).int32(partition).int64(below).int32(TIMEOUT_MS);
    },
    read(reader) {
      reader.int32();
      reader.array(() => {
        reader.string();
        reader.array(() => {
          reader.int32();
          reader.int64();
          mustBeDone("DeleteRecords", reader.int16());
        });
      });
    },
  };
}
