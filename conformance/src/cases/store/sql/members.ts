import { setTimeout as sleep } from "node:timers/promises";
import type { BoundContext } from "../../case.js";
import { Failure } from "../../failure.js";
import { until } from "../../scenario/until.js";
import { clockOf, cursorRows, memberRows } from "./look.js";

const TOPIC = "source-events";
const FUTURE_MS = 3_600_000;
/** How often it is looked whether a member is alive. */
const LOOK_MS = 20;

/** A member of the group that is alive and reads the topic, and is no process. */
export async function addMember({ database }: BoundContext, member: string): Promise<void> {
  await database.run("INSERT INTO eventy_member VALUES ($1, 'orders', $2, $3)", [
    member,
    JSON.stringify([TOPIC]),
    Date.now() + FUTURE_MS,
  ]);
}

/** Waits until exactly these partitions have an owner. */
export async function owned({ database }: BoundContext, expected: readonly boolean[]): Promise<void> {
  const text = expected.map((isOwned, partition) => (isOwned ? partition : "-")).join(" ");
  await until(
    `of the partitions the member has ${text}`,
    async () => {
      const rows = await cursorRows(database, "orders", TOPIC);
      const owners = new Map(rows.map(({ partition, owner }) => [partition, owner]));
      return expected.every((isOwned, partition) => isOwned === ((owners.get(partition) ?? null) !== null));
    },
    "SQL-020",
  );
}

/** Waits until so much time has passed in the database. */
export async function passed({ database }: BoundContext, ms: number): Promise<void> {
  const end = (await clockOf(database)) + ms;
  await until("time passes", async () => (await clockOf(database)) >= end);
}

/** @throws Failure if a member is not alive at some time. */
export async function staysAlive(context: BoundContext, ms: number): Promise<void> {
  const { database } = context;
  const end = (await clockOf(database)) + ms;
  for (let now = 0; now < end; await sleep(LOOK_MS)) {
    const [row] = await memberRows(database, "orders");
    now = await clockOf(database);
    if (row !== undefined && Number(row["expires_at"]) > now) continue;
    throw new Failure("STALLED", "the lease of a process that is alive has run out", {
      requirement: "SQL-009",
    });
  }
}
