import { EventyError } from "../../../record/index.js";
import { Backoff } from "../../waiting/backoff.js";
import { sleep } from "../../waiting/sleep.js";
import type { Connections } from "../client/connections.js";
import { readTwice } from "../read-twice.js";
import { decodeSubscription } from "./subscription.js";

/** States in which the coordinator knows the subscriptions of all members, or that there are none. */
const SETTLED = new Set(["Stable", "Empty", "Dead"]);

/**
 * The topics of all members of a group. Waits while they are joining.
 *
 * @param patienceMs how long it waits
 * @throws EventyError STORE_UNAVAILABLE if they have not joined by then
 */
export async function membersTopics(
  connections: Connections,
  groupId: string,
  patienceMs: number,
): Promise<readonly string[]> {
  const end = performance.now() + patienceMs;
  for (const backoff = new Backoff(); ; ) {
    const { groups } = await readTwice(() =>
      connections.toCoordinator("group", groupId, (broker) => broker.describeGroups({ groupIds: [groupId] })),
    );
    const [group] = groups;
    if (group !== undefined && SETTLED.has(group.state)) {
      return group.members.flatMap(({ memberMetadata }) => decodeSubscription(memberMetadata).topics);
    }
    if (performance.now() > end) {
      throw new EventyError("STORE_UNAVAILABLE", `The members of group ${groupId} are still joining it.`);
    }
    await sleep(backoff.next());
  }
}
