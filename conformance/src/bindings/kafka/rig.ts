import { KafkaProxy } from "../../faults/kafka/proxy.js";
import { KafkaCluster } from "../../kafka/cluster.js";
import { wipe } from "../../kafka/wipe.js";
import type { KafkaServer } from "../../servers/kafka/server.js";
import { startKafka } from "../../servers/kafka/start.js";

const HOST = "127.0.0.1";

/** Brokers of the suite, the proxies before them, and the suite's own way to them. */
export class Rig {
  readonly server: KafkaServer;
  readonly proxy: KafkaProxy;
  readonly cluster: KafkaCluster;

  private constructor(server: KafkaServer, proxy: KafkaProxy) {
    this.server = server;
    this.proxy = proxy;
    this.cluster = new KafkaCluster(server.brokers);
  }

  /** Starts so many brokers. */
  static async start(brokers: number): Promise<Rig> {
    const proxy = await KafkaProxy.open(brokers);
    try {
      const server = await startKafka({
        brokers,
        proxies: proxy.ports.map((port) => ({ host: HOST, port })),
      });
      proxy.lead(server.addresses.proxied.map(targetOf));
      return new Rig(server, proxy);
    } catch (error) {
      await proxy.close();
      throw error;
    }
  }

  /** Where testees connect to that nothing stands before. */
  get direct(): string {
    return this.server.brokers.join(",");
  }

  /** Where testees connect to that faults reach. */
  get proxied(): string {
    return this.proxy.ports.map((port) => `${HOST}:${port}`).join(",");
  }

  /** How many brokers it has. */
  get size(): number {
    return this.server.nodes.length;
  }

  /** Makes it as it was when it was started. */
  async reset(): Promise<void> {
    this.proxy.reset();
    for (const node of this.server.nodes) node.resume();
    await this.server.start();
    await wipe(this.cluster);
  }

  async stop(): Promise<void> {
    await this.cluster.close();
    await this.proxy.close();
    await this.server.stop();
  }
}

function targetOf(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(":");
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}
