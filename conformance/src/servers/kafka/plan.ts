import { createHash } from "node:crypto";
import { join } from "node:path";
import { KafkaBroker } from "./broker.js";
import { type Address, choosePorts, listenerSettings, type Ports, toText } from "./listeners.js";
import { membersOf } from "./members.js";
import { clusterSettings, type Settings } from "./settings.js";
import type { Certificate } from "./tls.js";
import { type KafkaUser, saslSettings } from "./users.js";

/** How a cluster differs from one of a single broker that anyone may use. */
export interface KafkaOptions {
  /** How many brokers; each is a controller too. One, if none are said. */
  readonly brokers?: number;
  /** What stands before each broker, whose address a listener of its own tells clients. */
  readonly proxies?: readonly Address[];
  /** For whom there is a listener with TLS, names and passwords. */
  readonly users?: readonly KafkaUser[];
  /** Settings of every broker, as in server.properties. */
  readonly settings?: Settings;
  /** More options of the Java runtime, such as `-Xmx1g`. Without them, it starts soon, and takes little. */
  readonly java?: readonly string[];
  /** The port of the first broker; the others have the next ones. Without it, they have any that are free. */
  readonly port?: number;
  /** Where the data stay when the cluster has ended; the next one of as many brokers goes on with them. */
  readonly dataFolder?: string;
}

/** What its options leave open. */
interface Choice {
  readonly folder: string;
  readonly jars: string;
  readonly ports: readonly Ports[];
  readonly certificate: Certificate | undefined;
}

/** The ports of each broker. */
export async function portsOf(options: KafkaOptions): Promise<readonly Ports[]> {
  const { brokers = 1, proxies = [], users = [], port } = options;
  const indices = Array.from({ length: brokers }, (_, index) => index);
  return await Promise.all(
    indices.map((index) =>
      choosePorts({
        isProxied: proxies[index] !== undefined,
        isSecure: users.length > 0,
        ...(port !== undefined && { direct: port + index }),
      }),
    ),
  );
}

/** The brokers of a cluster, none of which is started yet. */
export function createBrokers(options: KafkaOptions, choice: Choice): readonly KafkaBroker[] {
  const { folder, jars, ports } = choice;
  const brokers = ports.map(({ direct }, index): KafkaBroker => {
    // It is ready when it says that all that run are members, itself too.
    const isReady = async (): Promise<boolean> => {
      const members = await membersOf(toText(direct));
      return brokers.every(({ id, pid }) => pid === undefined || members.includes(id));
    };
    return new KafkaBroker({
      id: index + 1,
      folder,
      jars,
      java: options.java ?? [],
      isReady,
      settings: settingsOf(index, options, choice),
    });
  });
  return brokers;
}

/** The same for the same data, so that a broker that joins late belongs to the others. */
export function clusterIdOf(data: string): string {
  return createHash("sha256").update(data).digest().subarray(0, 16).toString("base64url");
}

function settingsOf(index: number, options: KafkaOptions, { folder, ports, certificate }: Choice): Settings {
  const { proxies = [], users = [], settings, dataFolder = folder } = options;
  const own = ports[index];
  if (own === undefined) throw new Error(`There is no broker ${index + 1}.`);
  const voters = ports.map(({ controller }, voter) => `${voter + 1}@${toText(controller)}`);
  return {
    "process.roles": "broker,controller",
    "node.id": index + 1,
    "controller.quorum.voters": voters.join(","),
    "log.dirs": join(dataFolder, `data-${index + 1}`),
    ...listenerSettings(own, proxies[index]),
    ...clusterSettings(ports.length),
    ...certificate?.settings,
    ...(users.length > 0 && saslSettings("SECURE", users)),
    ...settings,
  };
}
