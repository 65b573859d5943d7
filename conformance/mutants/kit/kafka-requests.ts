// The requests of kafkajs's brokers, by which the store in Kafka asks for everything but records and metadata.

/** Requests that mutants change, with what they look at in them. */
export interface Requests {
  heartbeat(request: object): Promise<unknown>;
  joinGroup(request: { readonly groupProtocols: readonly GroupProtocol[] }): Promise<unknown>;
  createTopics(request: { readonly topics: readonly NewTopic[] }): Promise<unknown>;
  findGroupCoordinator(request: {
    readonly groupId: string;
    readonly coordinatorType: number;
  }): Promise<unknown>;
  offsetFetch(request: OffsetFetch): Promise<{ readonly responses: readonly OfTopic[] }>;
  offsetCommit(request: {
    readonly groupId: string;
    readonly groupGenerationId: number;
    readonly memberId: string;
    readonly topics: readonly OfTopic[];
  }): Promise<unknown>;
  initProducerId(request: { readonly transactionalId: string | null }): Promise<unknown>;
  addPartitionsToTxn(request: InTransaction): Promise<unknown>;
  addOffsetsToTxn(request: InTransaction): Promise<unknown>;
  txnOffsetCommit(
    request: InTransaction & { readonly groupId: string; readonly topics: readonly OfTopic[] },
  ): Promise<unknown>;
  endTxn(request: InTransaction & { readonly transactionResult: boolean }): Promise<unknown>;
}

interface GroupProtocol {
  readonly name: string;
  readonly metadata: Buffer;
}

interface NewTopic {
  readonly configEntries: readonly { readonly name: string; readonly value: string }[];
}

export interface InTransaction {
  readonly transactionalId: string;
}

export interface OffsetFetch {
  readonly groupId: string;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number }[];
  }[];
}

/** Offsets of a group in a topic. */
export interface OfTopic {
  readonly topic: string;
  readonly partitions: readonly {
    readonly partition: number;
    readonly offset: string;
    readonly metadata?: string | null;
  }[];
}
