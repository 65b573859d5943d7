import type { ConnectionOptions } from "node:tls";
import { EventyError } from "../../record/index.js";
import type { Partitioner } from "../partitioner.js";
import { type Address, addressOf } from "./client/address.js";

/** Who to be for the brokers; the same names as in `kafkajs`. */
export type KafkaSasl = KafkaPassword | KafkaOauthBearer;

/** A name and a password. */
export interface KafkaPassword {
  readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
  readonly username: string;
  /** A function is asked whenever a connection is opened. It is in no error and in no log. */
  readonly password: string | (() => string | Promise<string>);
}

/** A token of OAuth 2. */
export interface KafkaOauthBearer {
  readonly mechanism: "oauthbearer";
  /** Is asked for a token whenever one is needed; keeps it as long as it is good. */
  readonly oauthBearerProvider: () => Promise<KafkaOauthToken>;
}

export interface KafkaOauthToken {
  readonly value: string;
  /** Default: none. */
  readonly extensions?: Readonly<Record<string, string>>;
}

/** How a {@link KafkaStore} connects and works. */
export interface KafkaStoreOptions {
  /** Some of the brokers, such as `kafka-1.example:9092`: those that are asked for the others. */
  readonly brokers: readonly string[];
  /** What the brokers call this program in their logs. Default: `eventy`. */
  readonly clientId?: string;
  /** TLS: options of `tls.connect` such as `ca`, `cert` and `key`, or whether with its defaults. Default: false. */
  readonly ssl?: boolean | ConnectionOptions;
  /** Default: none. With `plain`, the password can be read on its way unless there is TLS too. */
  readonly sasl?: KafkaSasl;
  /**
   * Milliseconds after which a process that is not heard of is dead, and others take its partitions over. Brokers
   * allow 6000 to 1,800,000 by default, and refuse others when a group is joined. Default: 10,000.
   */
  readonly sessionTimeoutMs?: number;
  /** Milliseconds that the members of a group wait for each other when it has new ones. Default: 60,000. */
  readonly rebalanceTimeoutMs?: number;
  /**
   * Milliseconds after which a broker undoes a transaction whose process ended in the middle of it: that long, nobody
   * sees what is behind it in the partitions that it wrote to. Default: 10,000.
   */
  readonly transactionTimeoutMs?: number;
  /**
   * Milliseconds after which a request without an answer has failed; by which a process is heard of, also after a third
   * of `sessionTimeoutMs`. Default: 10,000.
   */
  readonly requestTimeoutMs?: number;
  /** Milliseconds that a connection may take until it can be used. Default: 5000. */
  readonly connectionTimeoutMs?: number;
  /** Copies of each record of a topic that the store creates. Default: 3; as many as there are brokers, if fewer. */
  readonly replicationFactor?: number;
  /** Configuration of topics that the store creates, such as `retention.ms`; it goes before that of the store. */
  readonly topicConfig?: Readonly<Record<string, string>>;
  /** Default: murmur2, as the protocol says. */
  readonly partitioner?: Partitioner;
}

/** The options with their defaults. */
export interface Settings {
  readonly brokers: readonly Address[];
  readonly clientId: string;
  readonly ssl: ConnectionOptions | undefined;
  readonly sasl: KafkaSasl | undefined;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly transactionTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly connectionTimeoutMs: number;
  readonly replicationFactor: number | undefined;
  readonly topicConfig: Readonly<Record<string, string>>;
}

const MECHANISMS: readonly string[] = ["plain", "scram-sha-256", "scram-sha-512", "oauthbearer"];

/**
 * @throws EventyError INVALID_ARGUMENT if a number is not a positive integer, a broker is not `host:port`, or there is
 * no such way to log in
 */
export function settingsOf(options: KafkaStoreOptions): Settings {
  const {
    brokers,
    clientId = "eventy",
    ssl = false,
    sasl,
    sessionTimeoutMs = 10_000,
    rebalanceTimeoutMs = 60_000,
    transactionTimeoutMs = 10_000,
    requestTimeoutMs = 10_000,
    connectionTimeoutMs = 5_000,
    replicationFactor,
    topicConfig = {},
  } = options;
  const times = {
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    transactionTimeoutMs,
    requestTimeoutMs,
    connectionTimeoutMs,
  };
  checkNumbers({ ...times, ...(replicationFactor === undefined ? {} : { replicationFactor }) });
  if (brokers.length === 0)
    throw new EventyError("INVALID_ARGUMENT", "There has to be a broker to begin with.");
  if (sasl !== undefined && !MECHANISMS.includes(sasl.mechanism)) {
    throw new EventyError(
      "INVALID_ARGUMENT",
      `The mechanism of sasl has to be one of ${MECHANISMS.join(", ")}.`,
    );
  }
  const tls = ssl === true ? {} : ssl === false ? undefined : ssl;
  return {
    brokers: brokers.map(addressOf),
    clientId,
    ssl: tls,
    sasl,
    ...times,
    replicationFactor,
    topicConfig,
  };
}

function checkNumbers(numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    // They are sent in 32 bits.
    if (!Number.isInteger(value) || value < 1 || value > 0x7fff_ffff) {
      throw new EventyError("INVALID_ARGUMENT", `${name} is ${value}, and has to be a positive integer.`);
    }
  }
}
