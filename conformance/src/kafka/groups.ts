import type { TopicPartition } from "./partitions.js";
import { Reader } from "./reader.js";
import { mustBeDone, mustBeGone, type Request } from "./request.js";

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

/** A member of a group: what it said when it joined, and what it was given; nothing while it is about to join. */
export interface GroupMember {
  readonly id: string;
  readonly topics: readonly string[];
  /** On what it said that it has a claim. */
  readonly owned: readonly TopicPartition[];
  readonly assigned: readonly TopicPartition[];
}

/** A group as its coordinator sees it. */
export interface Group {
  readonly state: string;
  readonly protocolType: string;
  readonly protocol: string;
  readonly members: readonly GroupMember[];
}

/** Asks how the members of a group have joined it, and what is assigned to each. */
export function describeGroup(group: string): Request<Group> {
  return {
    name: "DescribeGroups",
    key: 15,
    version: 1,
    write: (writer) => writer.int32(1).string(group),
    read(reader) {
      reader.int32();
      const [found] = reader.array(() => {
        mustBeDone("DescribeGroups", reader.int16());
        reader.string();
        const [state = "", protocolType = "", protocol = ""] = [0, 1, 2].map(() => reader.string() ?? "");
        const members = reader.array(() => {
          const id = reader.string() ?? "";
          for (let texts = 0; texts < 2; texts++) reader.string();
          return { id, ...subscription(reader.nullableBytes()), assigned: assigned(reader.nullableBytes()) };
        });
        return { state, protocolType, protocol, members };
      });
      return found ?? { state: "Dead", protocolType: "", protocol: "", members: [] };
    },
  };
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

function subscription(bytes: Buffer | null): Pick<GroupMember, "topics" | "owned"> {
  if (bytes === null || bytes.length === 0) return { topics: [], owned: [] };
  const reader = new Reader(bytes);
  const version = reader.int16();
  const topics = reader.array(() => reader.string() ?? "");
  reader.nullableBytes();
  return { topics, owned: version < 1 ? [] : partitions(reader) };
}

function assigned(bytes: Buffer | null): readonly TopicPartition[] {
  if (bytes === null || bytes.length === 0) return [];
  const reader = new Reader(bytes);
  reader.int16();
  return partitions(reader);
}

function partitions(reader: Reader): readonly TopicPartition[] {
  const topics = reader.array(() => {
    const topic = reader.string() ?? "";
    return reader.array(() => ({ topic, partition: reader.int32() }));
  });
  return topics.flat();
}
