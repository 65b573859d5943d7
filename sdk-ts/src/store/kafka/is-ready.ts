import type { Connections } from "./client/connections.js";
import { type Metadata, metadataOf, type Node } from "./client/metadata.js";
import { groupBy } from "./group-by.js";

/** Whether all brokers that can be reached know a new topic, and those that lead its partitions know that they do. */
export async function isReady(connections: Connections, topic: string): Promise<boolean> {
  const nodes = await connections.cluster.nodes();
  const answers = await Promise.all(
    nodes.map((node) => connections.to(node, (broker) => metadataOf(broker, [topic])).catch(() => undefined)),
  );
  const known = answers.filter((answer) => answer !== undefined);
  const [first] = known;
  if (first === undefined || !known.every(hasLeaders)) return false;
  const partitions = first.topics[0]?.leaders.entries() ?? [];
  const byLeader = groupBy(partitions, ([, leader]) => leader);
  const led = await Promise.all(
    first.nodes.map((node) => leads(connections, node, topic, byLeader.get(node.id) ?? [])),
  );
  return led.every(Boolean);
}

function hasLeaders({ nodes, topics: [topic] }: Metadata): boolean {
  const ids = new Set(nodes.map(({ id }) => id));
  return topic?.errorCode === 0 && topic.leaders.every((leader) => ids.has(leader));
}

/** A broker may have heard that it leads a partition before it does. */
async function leads(
  connections: Connections,
  node: Node,
  topic: string,
  partitions: readonly (readonly [partition: number, leader: number])[],
): Promise<boolean> {
  if (partitions.length === 0) return true;
  const asked = partitions.map(([partition]) => ({ partition, timestamp: -1 }));
  try {
    await connections.to(node, (broker) =>
      broker.listOffsets({ replicaId: -1, isolationLevel: 1, topics: [{ topic, partitions: asked }] }),
    );
    return true;
  } catch {
    return false;
  }
}
