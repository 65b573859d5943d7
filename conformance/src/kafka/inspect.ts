import { Reader } from "./reader.js";
import type { TopicPartition } from "./reads.js";
import { mustBeDone, type Request } from "./request.js";

const TOPIC = 2;

/** Asks for the settings of a topic, those that it was not given included. */
export function describeTopic(topic: string): Request<ReadonlyMap<string, string>> {
  return {
    name: "DescribeConfigs",
    key: 32,
    version: 1,
    write: (writer) => writer.int32(1).int8(TOPIC).string(topic).int32(-1).boolean(false),
    read(reader) {
      reader.int32();
      const [settings = []] = reader.array(() => {
        mustBeDone("DescribeConfigs", reader.int16());
        reader.string();
        reader.int8();
        reader.string();
        return reader.array(() => {
          const setting = [reader.string() ?? "", reader.string() ?? ""] as const;
          for (let flags = 0; flags < 3; flags++) reader.int8();
          reader.array(() => [reader.string(), reader.string(), reader.int8()]);
          return setting;
        });
      });
      return new Map(settings);
    },
  };
}

/** What a member said when it joined its group, and what it was given. */
export interface JoinedMember {
  readonly id: string;
  /** Version of its subscription. */
  readonly version: number;
  readonly topics: readonly string[];
  /** On what it said that it has a claim. */
  readonly owned: readonly TopicPartition[];
  readonly assigned: readonly TopicPartition[];
}

/** A group as its coordinator sees it. */
export interface JoinedGroup {
  readonly state: string;
  readonly protocolType: string;
  readonly protocol: string;
  /** Empty while they are about to join. */
  readonly members: readonly JoinedMember[];
}

/** Asks how the members of a group have joined it. */
export function inspectGroup(group: string): Request<JoinedGroup> {
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
        return { state, protocolType, protocol, members: state === "Stable" ? members : [] };
      });
      return found ?? { state: "Dead", protocolType: "", protocol: "", members: [] };
    },
  };
}

function subscription(bytes: Buffer | null): Omit<JoinedMember, "id" | "assigned"> {
  if (bytes === null || bytes.length === 0) return { version: -1, topics: [], owned: [] };
  const reader = new Reader(bytes);
  const version = reader.int16();
  const topics = reader.array(() => reader.string() ?? "");
  reader.nullableBytes();
  return { version, topics, owned: version < 1 ? [] : partitions(reader) };
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

/** Asks for the epoch of the producer that has a transactional id. */
export function epochOf(transactionalId: string): Request<number> {
  return {
    name: "DescribeTransactions",
    key: 65,
    version: 0,
    isFlexible: true,
    write: (writer) => writer.compactArray([transactionalId], (id) => writer.compactString(id)).noTags(),
    read(reader) {
      reader.int32();
      const [epoch = -1] = reader.compactArray(() => {
        mustBeDone("DescribeTransactions", reader.int16());
        for (let texts = 0; texts < 2; texts++) reader.compactString();
        reader.int32();
        for (let numbers = 0; numbers < 2; numbers++) reader.int64();
        const found = reader.int16();
        reader.compactArray(() => {
          reader.compactString();
          reader.compactArray(() => reader.int32());
          reader.tags();
        });
        reader.tags();
        return found;
      });
      return epoch;
    },
  };
}
