import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { EventyError } from "../../../record/index.js";
import type { KafkaBroker } from "./kafka-broker.js";

// Of kafkajs, what lies below its client API is used: connections, TLS, SASL, versions of requests, requests and
// responses. Its producer and its consumer are not: they repeat, reset and rebalance by themselves. The parts are not
// of its public API, which is why its version is an exact one.

/** The parts of kafkajs. */
export interface KafkaJs {
  readonly Broker: new (options: BrokerOptions) => KafkaBroker;
  readonly ConnectionPool: new (options: ConnectionOptions) => object;
  /** Where users add codecs for snappy, lz4 and zstd, as kafkajs documents it. */
  readonly compression: { lookupCodecByAttributes(attributes: number): CompressionCodec | null };
  /** An error with the `type` and `code` of the protocol. */
  createErrorFromCode(code: number): Error;
}

export interface CompressionCodec {
  decompress(bytes: Buffer): Promise<Buffer>;
}

interface BrokerOptions {
  readonly connectionPool: object;
  readonly logger: Logger;
  readonly nodeId?: number;
  readonly allowAutoTopicCreation: boolean;
}

interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  readonly socketFactory: (options: SocketOptions) => Socket;
  /** Whether kafkajs gives requests up by itself. */
  readonly enforceRequestTimeout: boolean;
  readonly connectionTimeout: number;
  readonly clientId: string;
  readonly ssl: object | null;
  readonly sasl: object | null;
}

export interface SocketOptions {
  readonly host: string;
  readonly port: number;
  readonly ssl: object | null;
  readonly onConnect: () => void;
}

interface Logger {
  namespace(): Logger;
  info(): void;
  error(): void;
  warn(): void;
  debug(): void;
}

const nothing = (): void => undefined;

/** Says nothing: what matters is in errors, and what is in a log could be a secret. */
export const silent: Logger = {
  namespace: () => silent,
  info: nothing,
  error: nothing,
  warn: nothing,
  debug: nothing,
};

/**
 * Loads kafkajs, which nothing does before a store is used.
 *
 * @throws EventyError STORE_FAILED if it is not installed
 */
export function loadKafkaJs(): KafkaJs {
  const require = createRequire(import.meta.url);
  try {
    return {
      Broker: require("kafkajs/src/broker/index.js"),
      ConnectionPool: require("kafkajs/src/network/connectionPool.js"),
      compression: require("kafkajs/src/protocol/message/compression/index.js"),
      createErrorFromCode: require("kafkajs/src/protocol/error.js").createErrorFromCode,
    };
  } catch (cause) {
    throw new EventyError("STORE_FAILED", "The package kafkajs 2.2.4 is needed: install it.", { cause });
  }
}
