import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { EventyError } from "../../../record/index.js";
import { connectError } from "../errors.js";
import type { KafkaSasl, Settings } from "../settings.js";
import { type Address, addressText } from "./address.js";
import type { Connection, KafkaBroker } from "./kafka-broker.js";
import { type KafkaJs, type SocketOptions, silent } from "./kafkajs.js";

const KEEP_ALIVE_DELAY_MS = 10_000;
/** What the store sends, in versions that a broker may be too old for. */
const NEEDED = [
  ["Produce", 0, 7],
  ["Fetch", 1, 11],
  ["Metadata", 3, 6],
  ["OffsetFetch", 9, 7],
] as const;

/**
 * Opens connections to a broker, ready for requests.
 *
 * @throws EventyError STORE_UNAVAILABLE; STORE_FAILED if it does not let this program in, or is too old
 */
export async function openBroker(
  { Broker, ConnectionPool }: KafkaJs,
  settings: Settings,
  address: Address,
): Promise<KafkaBroker> {
  const where = `Kafka at ${addressText(address)}`;
  const connectionPool = new ConnectionPool({
    ...address,
    logger: silent,
    socketFactory: openSocket,
    enforceRequestTimeout: false,
    connectionTimeout: settings.connectionTimeoutMs,
    clientId: settings.clientId,
    ssl: settings.ssl ?? null,
    sasl: settings.sasl === undefined ? null : await loginOf(settings.sasl, where),
  });
  const broker = new Broker({ connectionPool, logger: silent, allowAutoTopicCreation: false });
  for (const connection of broker.connectionPool.pool) {
    connectOnce(connection);
    lookWhereSomethingWaits(connection);
  }
  // The time-out of kafkajs is for the socket alone: a broker that is stopped accepts it, and never answers.
  const timer = setTimeout(
    () => closeBroker(broker, `It took longer than ${settings.connectionTimeoutMs} ms.`),
    settings.connectionTimeoutMs,
  );
  try {
    await broker.connect();
    checkVersions(broker, where);
    return broker;
  } catch (error) {
    closeBroker(broker, "The connection was given up.");
    throw connectError(error, where);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends its connections at once. Requests that are under way fail. */
export function closeBroker({ connectionPool }: KafkaBroker, reason: string): void {
  for (const connection of connectionPool.pool) {
    connection.connect = async () => {
      throw new EventyError("STORE_UNAVAILABLE", reason);
    };
    connection.socket?.destroy(new Error(reason));
  }
}

/** kafkajs opens a socket for each request that comes before there is one, and forgets all but the last. */
function connectOnce(connection: Connection): void {
  const connect = connection.connect.bind(connection);
  let connecting: Promise<unknown> | undefined;
  connection.connect = () => {
    connecting ??= connect().finally(() => {
      connecting = undefined;
    });
    return connecting;
  };
}

/** From the first answer on, kafkajs would look each millisecond whether something waits to be sent. */
function lookWhereSomethingWaits({ requestQueue }: Connection): void {
  const schedule = requestQueue.scheduleCheckPendingRequests.bind(requestQueue);
  requestQueue.scheduleCheckPendingRequests = () => {
    if (requestQueue.pending.length > 0) schedule();
  };
}

/** A fresh object for each connection: kafkajs keeps what it needs on it. */
async function loginOf(sasl: KafkaSasl, where: string): Promise<object> {
  if (sasl.mechanism === "oauthbearer") return { ...sasl };
  const { mechanism, username, password } = sasl;
  try {
    return { mechanism, username, password: typeof password === "function" ? await password() : password };
  } catch (error) {
    throw connectError(error, where);
  }
}

function openSocket({ host, port, ssl, onConnect }: SocketOptions): Socket {
  // As in kafkajs, except that small requests are not held back until the ones before them are confirmed.
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket =
    ssl === null
      ? connectTcp({ host, port }, onConnect)
      : connectTls({ host, port, ...name, ...ssl }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
  return socket;
}

function checkVersions({ versions }: KafkaBroker, where: string): void {
  for (const [name, key, version] of NEEDED) {
    const known = versions?.[key];
    if (known !== undefined && known.minVersion <= version && version <= known.maxVersion) continue;
    throw new EventyError(
      "STORE_FAILED",
      `${where} does not know ${name} in version ${version}: Kafka 2.5 or later does.`,
    );
  }
}
