import type { TopicPartition } from "./partitions.js";
import { mustBeDone, type Request } from "./request.js";

/** An offset that a group has committed, and what it noted with it. */
export interface GroupOffset {
  /** -1: none. */
  readonly offset: number;
  readonly metadata: string;
}

/** Asks for the offset that a group has in a partition. */
export function offsetFetch(group: string, { topic, partition }: TopicPartition): Request<GroupOffset> {
  const all = allOffsets(group);
  return {
    ...all,
    write: (writer) => writer.string(group).int32(1).string(topic).int32(1).int32(partition),
    read: (reader) => all.read(reader).get(`${topic}/${partition}`) ?? { offset: -1, metadata: "" },
  };
}

/** Asks for all offsets that a group has, by `topic/partition`. */
export function allOffsets(group: string): Request<ReadonlyMap<string, GroupOffset>> {
  return {
    name: "OffsetFetch",
    key: 9,
    version: 3,
    write: (writer) => writer.string(group).int32(-1),
    read(reader) {
      reader.int32();
      const offsets = new Map<string, GroupOffset>();
      reader.array(() => {
        const topic = reader.string();
        reader.array(() => {
          const partition = reader.int32();
          const offset = { offset: reader.int64(), metadata: reader.string() ?? "" };
          mustBeDone("OffsetFetch", reader.int16());
          offsets.set(`${topic}/${partition}`, offset);
        });
      });
      mustBeDone("OffsetFetch", reader.int16());
      return offsets;
    },
  };
}

/** Sets the offset of a group that has no members, as tools do. */
export function commitOffset(
  group: string,
  { topic, partition }: TopicPartition,
  offset: number,
  metadata: string,
): Request<void> {
  return {
    name: "OffsetCommit",
    key: 8,
    version: 2,
    write(writer) {
      writer.string(group).int32(-1).string("").int64(-1);
      writer.int32(1).string(topic).int32(1).int32(partition).int64(offset).string(metadata);
    },
    read(reader) {
      reader.array(() => {
        reader.string();
        reader.array(() => {
          reader.int32();
          mustBeDone("OffsetCommit", reader.int16());
        });
      });
    },
  };
}
