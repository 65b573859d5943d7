import { Reader } from "./reader.js";
import type { TopicPartition } from "./reads.js";
import { mustBeDone, type Request } from "./request.js";

const TIMEOUT_MS = 30_000;
/** What does not matter to who removes something: it is not there any more. */
const GONE: ReadonlySet<number> = new Set([3, 25, 69]);

/** Ends the transaction of a transactional id, and fences whoever has it. */
export function initProducerId(transactionalId: string): Request<void> {
  return {
    name: "InitProducerId",
    key: 22,
    version: 1,
    write: (writer) => writer.string(transactionalId).int32(TIMEOUT_MS),
    read(reader) {
      reader.int32();
      mustBeDone("InitProducerId", reader.int16());
    },
  };
}

/** Asks for the groups that the broker coordinates. */
export const listGroups: Request<readonly string[]> = {
  name: "ListGroups",
  key: 16,
  version: 2,
  write() {},
  read(reader) {
    reader.int32();
    mustBeDone("ListGroups", reader.int16());
    return reader.array(() => {
      const group = reader.string() ?? "";
      reader.string();
      return group;
    });
  },
};

/** A member of a group. */
export interface GroupMember {
  readonly id: string;
  readonly partitions: readonly TopicPartition[];
}

/** Asks for the members of a group, and what is assigned to each. */
export function describeGroup(group: string): Request<readonly GroupMember[]> {
  return {
    name: "DescribeGroups",
    key: 15,
    version: 1,
    write: (writer) => writer.int32(1).string(group),
    read(reader) {
      reader.int32();
      const [members = []] = reader.array(() => {
        mustBeDone("DescribeGroups", reader.int16());
        for (let texts = 0; texts < 4; texts++) reader.string();
        return reader.array(() => {
          const id = reader.string() ?? "";
          for (let texts = 0; texts < 2; texts++) reader.string();
          reader.nullableBytes();
          return { id, partitions: assigned(reader.nullableBytes()) };
        });
      });
      return members;
    },
  };
}

/** The partitions of an assignment; while the group finds out about it, there is none. */
function assigned(bytes: Buffer | null): readonly TopicPartition[] {
  if (bytes === null || bytes.length === 0) return [];
  const reader = new Reader(bytes);
  reader.int16();
  const topics = reader.array(() => {
    const topic = reader.string() ?? "";
    return reader.array(() => ({ topic, partition: reader.int32() }));
  });
  return topics.flat();
}

/** Removes members from their group. */
export function leaveGroup(group: string, members: readonly string[]): Request<void> {
  return {
    name: "LeaveGroup",
    key: 13,
    version: 3,
    write: (writer) => writer.string(group).array(members, (member) => writer.string(member).string(null)),
    read(reader) {
      reader.int32();
      mustBeDone("LeaveGroup", reader.int16());
    },
  };
}

/** Deletes groups that have no members. */
export function deleteGroups(groups: readonly string[]): Request<void> {
  return {
    name: "DeleteGroups",
    key: 42,
    version: 1,
    write: (writer) => writer.array(groups, (group) => writer.string(group)),
    read(reader) {
      reader.int32();
      reader.array(() => {
        reader.string();
        mustBeGone("DeleteGroups", reader.int16());
      });
    },
  };
}

/** Deletes topics. */
export function deleteTopics(topics: readonly string[]): Request<void> {
  return {
    name: "DeleteTopics",
    key: 20,
    version: 3,
    write: (writer) => writer.array(topics, (topic) => writer.string(topic)).int32(TIMEOUT_MS),
    read(reader) {
      reader.int32();
      reader.array(() => {
        reader.string();
        mustBeGone("DeleteTopics", reader.int16());
      });
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

/** Sets settings of a topic; without a value, they are as they were at first. */
export function alterTopic(
  topic: string,
  settings: { readonly [name: string]: string | null },
): Request<void> {
  return {
    name: "IncrementalAlterConfigs",
    key: 44,
    version: 0,
    write(writer) {
      writer.int32(1).int8(2).string(topic);
      writer.array(Object.entries(settings), ([name, value]) =>
        writer
          .string(name)
          .int8(value === null ? 1 : 0)
          .string(value),
      );
      writer.boolean(false);
    },
    read(reader) {
      reader.int32();
      reader.array(() => mustBeDone("IncrementalAlterConfigs", reader.int16()));
    },
  };
}

function mustBeGone(request: string, code: number): void {
  if (!GONE.has(code)) mustBeDone(request, code);
}
