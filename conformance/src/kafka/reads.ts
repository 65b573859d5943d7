import { mustBeDone, type Request } from "./request.js";

/** A partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A broker as others are told of it. */
export interface BrokerAddress {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** A topic of a cluster, with the broker that leads each partition, by its id; -1: none. */
export interface TopicLeaders {
  readonly topic: string;
  readonly leaders: readonly number[];
}

/** What a broker knows of the cluster. */
export interface Metadata {
  readonly brokers: readonly BrokerAddress[];
  readonly controller: number;
  readonly topics: readonly TopicLeaders[];
}

/** Asks for all brokers and topics. Topics that are being made or deleted are left out. */
export const metadata: Request<Metadata> = {
  name: "Metadata",
  key: 3,
  version: 4,
  write: (writer) => writer.int32(-1).boolean(false),
  read(reader) {
    reader.int32();
    const brokers = reader.array(() => {
      const broker = { id: reader.int32(), host: reader.string() ?? "", port: reader.int32() };
      reader.string();
      return broker;
    });
    reader.string();
    const controller = reader.int32();
    const topics = reader.array(() => {
      const code = reader.int16();
      const topic = reader.string() ?? "";
      reader.boolean();
      const leaders: number[] = [];
      reader.array(() => {
        reader.int16();
        const partition = reader.int32();
        leaders[partition] = reader.int32();
        for (let lists = 0; lists < 2; lists++) reader.array(() => reader.int32());
      });
      return { code, topic, leaders };
    });
    return { brokers, controller, topics: topics.filter(({ code }) => code === 0) };
  },
};

/** What has a coordinator. */
export type CoordinatorKind = "group" | "transaction";

/** Asks for the broker that coordinates a group or a transactional id. */
export function findCoordinator(kind: CoordinatorKind, id: string): Request<number> {
  return {
    name: "FindCoordinator",
    key: 10,
    version: 1,
    write: (writer) => writer.string(id).int8(kind === "group" ? 0 : 1),
    read(reader) {
      reader.int32();
      mustBeDone("FindCoordinator", reader.int16());
      reader.string();
      return reader.int32();
    },
  };
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

/** A transaction that a broker coordinates. */
export interface TransactionState {
  readonly id: string;
  readonly state: string;
}

/** Asks for the transactions in given states that the broker coordinates. */
export function listTransactions(states: readonly string[]): Request<readonly TransactionState[]> {
  return {
    name: "ListTransactions",
    key: 66,
    version: 0,
    isFlexible: true,
    write(writer) {
      writer.compactArray(states, (state) => writer.compactString(state));
      writer.compactArray([], () => {});
      writer.noTags();
    },
    read(reader) {
      reader.int32();
      mustBeDone("ListTransactions", reader.int16());
      reader.compactArray(() => reader.compactString());
      return reader.compactArray(() => {
        const id = reader.compactString() ?? "";
        reader.int64();
        const state = reader.compactString() ?? "";
        reader.tags();
        return { id, state };
      });
    },
  };
}
