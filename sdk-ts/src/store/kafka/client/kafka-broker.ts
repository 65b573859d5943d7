import type { Socket } from "node:net";
import type { Protocol } from "./protocol.js";

/**
 * A broker of kafkajs: its requests and their answers, in its words. An answer that reports an error is thrown, as an
 * error with the `type` and `code` of the protocol. Numbers of 64 bits are decimal texts in answers.
 */
export interface KafkaBroker {
  readonly nodeId: number | null;
  /** Versions of the requests that the broker knows, by the number of the request. */
  readonly versions: Readonly<
    Record<number, { readonly minVersion: number; readonly maxVersion: number }>
  > | null;
  readonly connectionPool: ConnectionPool;
  connect(): Promise<void>;

  findGroupCoordinator(request: {
    groupId: string;
    coordinatorType: CoordinatorType;
  }): Promise<{ coordinator: { nodeId: number; host: string; port: number } }>;

  joinGroup(request: {
    groupId: string;
    sessionTimeout: number;
    rebalanceTimeout: number;
    /** Empty: a new member. */
    memberId: string;
    protocolType: string;
    groupProtocols: readonly { name: string; metadata: Buffer }[];
  }): Promise<JoinedGroup>;
  syncGroup(request: {
    groupId: string;
    generationId: number;
    memberId: string;
    /** Of the leader; that of others is empty. */
    groupAssignment: readonly { memberId: string; memberAssignment: Buffer }[];
  }): Promise<{ memberAssignment: Buffer }>;
  heartbeat(request: { groupId: string; groupGenerationId: number; memberId: string }): Promise<unknown>;
  leaveGroup(request: { groupId: string; memberId: string }): Promise<unknown>;
  describeGroups(request: { groupIds: readonly string[] }): Promise<{ groups: readonly DescribedGroup[] }>;

  initProducerId(request: {
    /** Null: for records outside of transactions. */
    transactionalId: string | null;
    transactionTimeout: number;
  }): Promise<Producer>;
  addPartitionsToTxn(request: InTransaction & { topics: readonly TopicPartitions[] }): Promise<unknown>;
  addOffsetsToTxn(request: InTransaction & { groupId: string }): Promise<unknown>;
  txnOffsetCommit(
    request: InTransaction & {
      groupId: string;
      topics: readonly {
        topic: string;
        partitions: readonly { partition: number; offset: string; metadata: string | null }[];
      }[];
    },
  ): Promise<unknown>;
  endTxn(
    request: InTransaction & { /** Whether it is committed. */ transactionResult: boolean },
  ): Promise<unknown>;

  /** Refusals come as a `KafkaJSAggregateError` with one error for each topic. */
  createTopics(request: {
    topics: readonly {
      topic: string;
      numPartitions: number;
      replicationFactor: number;
      configEntries: readonly { name: string; value: string }[];
    }[];
    validateOnly?: boolean;
    /** Milliseconds that the broker waits until the topics are there. */
    timeout: number;
  }): Promise<unknown>;
  /** Removes the records before an offset. */
  deleteRecords(request: {
    topics: readonly {
      topic: string;
      partitions: readonly { partition: number; offset: string }[];
    }[];
  }): Promise<unknown>;
  listOffsets(request: {
    replicaId: -1;
    isolationLevel: 0 | 1;
    topics: readonly {
      topic: string;
      /** Milliseconds since 1970; -1: the end, -2: the begin. */
      partitions: readonly { partition: number; timestamp: number }[];
    }[];
  }): Promise<{
    responses: readonly {
      topic: string;
      partitions: readonly { partition: number; timestamp: string; offset: string }[];
    }[];
  }>;
}

/** 0: of groups, 1: of transactions. */
export type CoordinatorType = 0 | 1;

export interface JoinedGroup {
  readonly generationId: number;
  readonly groupProtocol: string;
  readonly leaderId: string;
  readonly memberId: string;
  /** Of the leader; that of others is empty. */
  readonly members: readonly { readonly memberId: string; readonly memberMetadata: Buffer }[];
}

export interface DescribedGroup {
  readonly state: string;
  readonly members: readonly {
    readonly memberId: string;
    /** Empty while members are joining. */
    readonly memberMetadata: Buffer;
  }[];
}

/** Who appends: one of its number, in one of its lives. */
export interface Producer {
  readonly producerId: string;
  readonly producerEpoch: number;
}

interface InTransaction extends Producer {
  readonly transactionalId: string;
}

export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** The two connections of a broker: one for fetches, one for all else. */
export interface ConnectionPool {
  readonly pool: readonly Connection[];
  send<T>(protocol: Protocol<T>): Promise<T>;
}

export interface Connection {
  readonly socket?: Socket;
  readonly requestQueue: RequestQueue;
  isConnected(): boolean;
  connect(): Promise<unknown>;
  rejectRequests(error: Error): void;
}

export interface RequestQueue {
  /** What waits because the broker wants to hear less from this program. */
  readonly pending: readonly object[];
  /** Looks at them again when that time is over. */
  scheduleCheckPendingRequests(): void;
}
