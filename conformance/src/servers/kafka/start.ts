import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Guard } from "../guard.js";
import { awaitCoordinators } from "./coordinators.js";
import { kafkaJars } from "./jars.js";
import { addressesOf } from "./listeners.js";
import { clusterIdOf, createBrokers, type KafkaOptions, portsOf } from "./plan.js";
import { kafkaProblem } from "./problem.js";
import { KafkaServer } from "./server.js";
import { createCertificate } from "./tls.js";
import { scramArguments } from "./users.js";

/** Once `open` is gone, no broker begins. The folder is tried again, as one that was killed may still write into it. */
const END = `
rm -f "$1/open"
for file in "$1"/*.pid; do [ -f "$file" ] && kill -KILL "$(cat "$file")"; done
until rm -rf "$1"; do sleep 0.1; done
`;
const ATTEMPTS = 5;
const IN_USE = "Address already in use";

/**
 * Starts a Kafka cluster of its own on 127.0.0.1.
 *
 * It ends with this process, even if that is killed, and leaves nothing behind. The first one on a machine
 * fetches Kafka from Maven Central.
 *
 * @throws Error that says what is missing, or has the last lines of the log of a broker that does not start.
 */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaServer> {
  const problem = kafkaProblem();
  if (problem !== undefined) throw new Error(problem);
  const jars = await kafkaJars();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options, jars);
    } catch (error) {
      // Between the choice of a port and its use, somebody else may take it.
      const isTaken = error instanceof Error && error.message.includes(IN_USE);
      if (!isTaken || options.port !== undefined || attempt === ATTEMPTS) throw error;
    }
  }
}

async function startOnce(options: KafkaOptions, jars: string): Promise<KafkaServer> {
  const folder = mkdtempSync(join(tmpdir(), "eventy-kafka-"));
  writeFileSync(join(folder, "open"), "");
  const guard = new Guard(END, folder);
  try {
    const { users = [], dataFolder = folder } = options;
    mkdirSync(dataFolder, { recursive: true });
    const certificate = users.length > 0 ? await createCertificate(folder) : undefined;
    const ports = await portsOf(options);
    const nodes = createBrokers(options, { folder, jars, ports, certificate });
    const arguments_ = [`--cluster-id=${clusterIdOf(dataFolder)}`, ...scramArguments(users)];
    await Promise.all(nodes.map((node) => node.format(arguments_)));
    const { authority = "" } = certificate ?? {};
    const server = new KafkaServer({ nodes, addresses: addressesOf(ports), authority, folder }, guard);
    await server.start();
    await awaitCoordinators(server.brokers);
    return server;
  } catch (error) {
    await guard.dismiss();
    throw error;
  }
}
