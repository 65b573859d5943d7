import { withConnections } from "./with-connections.js";

/** Has a group take its members for dead. */
export async function expelMembers(brokers: readonly string[], groupId: string): Promise<void> {
  await withConnections(brokers, async (connections) => {
    const { groups } = await connections.toCoordinator("group", groupId, (broker) =>
      broker.describeGroups({ groupIds: [groupId] }),
    );
    for (const { memberId } of groups.flatMap(({ members }) => members)) {
      await connections.toCoordinator("group", groupId, (broker) => broker.leaveGroup({ groupId, memberId }));
    }
  });
}
