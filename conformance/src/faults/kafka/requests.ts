import { Reader } from "../../kafka/reader.js";
import type { KafkaRequestName, RequestKind, WireRequest } from "../faults.js";

/** Requests that are known by name, with the first version of each whose texts and arrays are compact. */
const KNOWN: ReadonlyMap<number, readonly [KafkaRequestName, number]> = new Map([
  [0, ["Produce", 9]],
  [1, ["Fetch", 12]],
  [2, ["ListOffsets", 6]],
  [3, ["Metadata", 9]],
  [8, ["OffsetCommit", 8]],
  [9, ["OffsetFetch", 6]],
  [10, ["FindCoordinator", 3]],
  [11, ["JoinGroup", 6]],
  [12, ["Heartbeat", 4]],
  [13, ["LeaveGroup", 4]],
  [14, ["SyncGroup", 4]],
  [18, ["ApiVersions", 3]],
  [19, ["CreateTopics", 5]],
  [22, ["InitProducerId", 2]],
  [24, ["AddPartitionsToTxn", 3]],
  [25, ["AddOffsetsToTxn", 3]],
  [26, ["EndTxn", 3]],
  [28, ["TxnOffsetCommit", 3]],
  [32, ["DescribeConfigs", 4]],
]);

/** The first version of Produce in which topics have ids instead of names. */
const PRODUCE_BY_ID = 13;
/** The first version of OffsetFetch that asks for several groups. */
const OFFSETS_OF_GROUPS = 8;

/** A request, and what its response is known by. */
export interface ParsedRequest extends WireRequest {
  readonly correlationId: number;
  /** Whether there is no response to it. */
  readonly isUnanswered: boolean;
}

/** Finds out what a request is. */
export function parseRequest(body: Buffer, isFirst: boolean): ParsedRequest {
  const reader = new Reader(body);
  const key = reader.int16();
  const version = reader.int16();
  const correlationId = reader.int32();
  reader.string();
  const startup: readonly RequestKind[] = isFirst ? ["startup"] : [];
  const known = KNOWN.get(key);
  if (known === undefined) {
    return { kinds: [...startup, "statement"], version, correlationId, isUnanswered: false };
  }
  const [name, compactFrom] = known;
  const isCompact = version >= compactFrom;
  if (isCompact) reader.tags();
  const { commits, isUnanswered = false, ...named } = DETAILS[name]?.(reader, isCompact, version) ?? {};
  const kinds = [...startup, commits ?? "statement", name] as const;
  return { kinds, version, correlationId, isUnanswered, ...named };
}

interface Details extends Pick<WireRequest, "transactionalId" | "group" | "member" | "acks" | "topics"> {
  readonly commits?: "commit" | "autocommit" | undefined;
  readonly isUnanswered?: boolean;
}

/** Reads what follows the header of a request, as far as it is of interest. */
type ReadDetails = (reader: Reader, isCompact: boolean, version: number) => Details;

const ofGroup: ReadDetails = (reader, isCompact) => ({ group: text(reader, isCompact) ?? "" });

const DETAILS: { readonly [name in KafkaRequestName]?: ReadDetails } = {
  Produce(reader, isCompact, version) {
    const transactionalId = text(reader, isCompact);
    const acks = reader.int16();
    reader.int32();
    const commits = transactionalId === null ? "autocommit" : undefined;
    const topics = version < PRODUCE_BY_ID ? topicsOfProduce(reader, isCompact) : [];
    return { transactionalId, acks, topics, isUnanswered: acks === 0, commits };
  },
  OffsetCommit: (reader, isCompact) => ({ group: text(reader, isCompact) ?? "", commits: "autocommit" }),
  OffsetFetch(reader, isCompact, version) {
    // A list of groups: whoever asks for its own names one.
    if (version >= OFFSETS_OF_GROUPS) reader.uvarint();
    return ofGroup(reader, isCompact, version);
  },
  JoinGroup: ofGroup,
  SyncGroup: ofGroup,
  Heartbeat: ofGroup,
  LeaveGroup: ofGroup,
  InitProducerId: (reader, isCompact) => ({ transactionalId: text(reader, isCompact) }),
  AddPartitionsToTxn(reader, isCompact) {
    const transactionalId = text(reader, isCompact);
    reader.bytes(10);
    return { transactionalId, topics: topicsOfNumbers(reader, isCompact) };
  },
  AddOffsetsToTxn(reader, isCompact) {
    const transactionalId = text(reader, isCompact);
    reader.bytes(10);
    return { transactionalId, group: text(reader, isCompact) ?? "" };
  },
  TxnOffsetCommit(reader, isCompact) {
    const transactionalId = text(reader, isCompact);
    const group = text(reader, isCompact) ?? "";
    // Versions that are not compact know no member.
    if (!isCompact) return { transactionalId, group };
    reader.bytes(14);
    return { transactionalId, group, member: text(reader, isCompact) ?? "" };
  },
  EndTxn(reader, isCompact) {
    const transactionalId = text(reader, isCompact);
    reader.bytes(10);
    return { transactionalId, commits: reader.boolean() ? "commit" : undefined };
  },
};

function text(reader: Reader, isCompact: boolean): string | null {
  return isCompact ? reader.compactString() : reader.string();
}

function topicsOfNumbers(reader: Reader, isCompact: boolean): readonly string[] {
  if (!isCompact) {
    return reader.array(() => {
      const topic = reader.string() ?? "";
      reader.array(() => reader.int32());
      return topic;
    });
  }
  return reader.compactArray(() => {
    const topic = reader.compactString() ?? "";
    reader.compactArray(() => reader.int32());
    reader.tags();
    return topic;
  });
}

function topicsOfProduce(reader: Reader, isCompact: boolean): readonly string[] {
  if (!isCompact) {
    return reader.array(() => {
      const topic = reader.string() ?? "";
      reader.array(() => {
        reader.int32();
        reader.nullableBytes();
      });
      return topic;
    });
  }
  return reader.compactArray(() => {
    const topic = reader.compactString() ?? "";
    reader.compactArray(() => {
      reader.int32();
      reader.bytes(Math.max(reader.uvarint() - 1, 0));
      reader.tags();
    });
    reader.tags();
    return topic;
  });
}
