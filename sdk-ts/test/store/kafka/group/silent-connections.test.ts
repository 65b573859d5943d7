import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { Cluster } from "../../../../src/store/kafka/client/cluster.js";
import { Connections } from "../../../../src/store/kafka/client/connections.js";
import type { KafkaBroker } from "../../../../src/store/kafka/client/kafka-broker.js";
import type { OpenBroker } from "../../../../src/store/kafka/client/links.js";
import { Coordination } from "../../../../src/store/kafka/group/coordination.js";
import { Membership } from "../../../../src/store/kafka/group/membership.js";
import { settingsOf } from "../../../../src/store/kafka/settings.js";
import { until } from "../../until.js";
import { brokers } from "../brokers.js";
import { bystander } from "./bystander.js";

test("a member whose connections are dead without a sign is heard of in time on new ones", async () => {
  const settings = settingsOf({ brokers, sessionTimeoutMs: 9000, requestTimeoutMs: 20_000 });
  const cluster = new Cluster(settings);
  const opened: KafkaBroker[] = [];
  const open: OpenBroker = cluster.open;
  Object.defineProperty(cluster, "open", {
    value: async (...address: Parameters<OpenBroker>) => {
      const broker = await open(...address);
      opened.push(broker);
      return broker;
    },
  });
  const connections = new Connections(cluster);
  const coordination = new Coordination(connections, settings, `group-${randomUUID()}`);
  let heard = 0;
  let lost = false;
  const heartbeat = coordination.heartbeat.bind(coordination);
  coordination.heartbeat = async (generation) => {
    await heartbeat(generation);
    heard++;
  };
  const membership = new Membership(
    coordination,
    async () => new Map(),
    {
      ...bystander,
      lost: () => {
        lost = true;
      },
    },
    settings.sessionTimeoutMs,
  );
  try {
    await membership.start();
    await until(() => heard > 0);

    for (const { connectionPool } of opened) for (const { socket } of connectionPool.pool) silence(socket);
    heard = 0;
    await until(() => heard > 0 || lost);
    expect(lost).toBe(false);
  } finally {
    await coordination.leave(membership.memberId);
    await membership.end();
    await connections.close();
    cluster.close();
  }
});

/** As where a router has forgotten the connection: nothing gets through, and nobody says so. */
function silence(socket: KafkaBroker["connectionPool"]["pool"][number]["socket"]): void {
  if (socket === undefined) return;
  socket.pause();
  socket.write = () => true;
}
