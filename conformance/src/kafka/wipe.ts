import { setTimeout as sleep } from "node:timers/promises";
import type { KafkaCluster } from "./cluster.js";
import { deleteGroups, describeGroup, leaveGroup, listGroups } from "./groups.js";
import { deleteTopics } from "./topics.js";
import { initProducerId, listTransactions } from "./transactions.js";

/** How long transactions may take to end. */
const LIMIT_MS = 60_000;
const PAUSE_MS = 5;

/** States of transactions that are not at their end. */
const UNENDED = ["Ongoing", "PrepareCommit", "PrepareAbort"];

/** What there is on a cluster, except what it needs for itself. */
export interface Inventory {
  readonly topics: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** Nothing. */
const EMPTY: Inventory = { topics: new Set(), groups: new Set() };

/** What there is now. */
export async function takeInventory(cluster: KafkaCluster): Promise<Inventory> {
  const { topics } = await cluster.describe();
  const own = topics.map(({ topic }) => topic).filter((topic) => !topic.startsWith("__"));
  const groups = await cluster.every(() => listGroups);
  return { topics: new Set(own), groups: new Set(groups.flat()) };
}

/** Removes all topics and groups but those that are kept. Whoever used them has ended, in order or not. */
export async function wipe(cluster: KafkaCluster, kept: Inventory = EMPTY): Promise<void> {
  // Ended later, a transaction would leave its marker in the topic of the same name that the next case makes.
  await endTransactions(cluster);
  const { topics, groups } = await takeInventory(cluster);
  await Promise.all(
    [...groups].filter((group) => !kept.groups.has(group)).map((group) => removeGroup(cluster, group)),
  );
  const old = [...topics].filter((topic) => !kept.topics.has(topic));
  if (old.length > 0) await cluster.controller(deleteTopics(old));
  cluster.forget();
}

/** Has all members of a group leave it, as if their sessions had ended. */
export async function removeMembers(cluster: KafkaCluster, group: string): Promise<void> {
  const { members } = await cluster.coordinator("group", group, describeGroup(group));
  const ids = members.map(({ id }) => id);
  if (ids.length > 0) await cluster.coordinator("group", group, leaveGroup(group, ids));
}

async function removeGroup(cluster: KafkaCluster, group: string): Promise<void> {
  await removeMembers(cluster, group);
  await cluster.coordinator("group", group, deleteGroups([group]));
}

/** Aborts what is open, and waits until what is decided has happened. */
async function endTransactions(cluster: KafkaCluster): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const unended = (await cluster.every(() => listTransactions(UNENDED))).flat();
    if (unended.length === 0) return;
    if (performance.now() > end)
      throw new Error(`transactions do not end: ${unended.map(({ id }) => id).join(", ")}`);
    const open = unended.filter(({ state }) => state === "Ongoing");
    await Promise.all(open.map(({ id }) => cluster.coordinator("transaction", id, initProducerId(id))));
    await sleep(PAUSE_MS);
  }
}
