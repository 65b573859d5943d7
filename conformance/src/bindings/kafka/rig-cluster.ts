import type { Cluster, Node } from "../../servers/cluster.js";
import type { Rig } from "./rig.js";

/** The brokers of a rig as a case sees them. */
export function clusterOf({ server, proxy, cluster }: Rig): Cluster {
  const nodes: readonly Node[] = server.nodes.map((node, index) => ({
    index,
    way: proxy.way(index),
    kill: () => node.kill(),
    restart: () => node.restart(),
    pause: () => node.pause(),
    resume: () => node.resume(),
  }));
  const nodeOf = (id: number | undefined): Node => {
    const node = nodes[server.nodes.findIndex((one) => one.id === id)];
    if (node === undefined) throw new Error(`no broker has the id ${id}`);
    return node;
  };
  return {
    nodes,
    leaderOf: async (topic, partition) => nodeOf(await cluster.leaderOf({ topic, partition })),
    coordinatorOf: async (kind, id) => nodeOf(await cluster.coordinatorOf(kind, id)),
  };
}
