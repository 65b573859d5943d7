import { Cluster } from "../../../src/store/kafka/client/cluster.js";
import { Connections } from "../../../src/store/kafka/client/connections.js";
import { settingsOf } from "../../../src/store/kafka/settings.js";

/** Has a group take its members for dead. */
export async function expelMembers(brokers: readonly string[], groupId: string): Promise<void> {
  const cluster = new Cluster(settingsOf({ brokers }));
  const connections = new Connections(cluster);
  try {
    const { groups } = await connections.toCoordinator("group", groupId, (broker) =>
      broker.describeGroups({ groupIds: [groupId] }),
    );
    for (const { memberId } of groups.flatMap(({ members }) => members)) {
      await connections.toCoordinator("group", groupId, (broker) => broker.leaveGroup({ groupId, memberId }));
    }
  } finally {
    await connections.close();
    cluster.close();
  }
}
