import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KafkaBroker } from "../../../src/servers/kafka/broker.js";
import { membersOf } from "../../../src/servers/kafka/members.js";
import type { KafkaServer } from "../../../src/servers/kafka/server.js";
import { startKafka } from "../../../src/servers/kafka/start.js";
import { Forwarder } from "./forwarder.js";
import { clientOf, leaderOf, read, write } from "./records.js";

let proxies: readonly Forwarder[];
let server: KafkaServer;
beforeAll(async () => {
  proxies = await Promise.all([Forwarder.start(), Forwarder.start(), Forwarder.start()]);
  server = await startKafka({ brokers: 3, proxies: proxies.map(({ address }) => address) });
  proxies.forEach((proxy, index) => {
    proxy.target = server.addresses.proxied[index] ?? "";
  });
});
afterAll(async () => {
  await server.stop();
  for (const proxy of proxies) proxy.close();
});

test("two brokers go on when the leader is killed, and it comes back with what it had", async () => {
  await write(clientOf(server.brokers), "kept", "first");
  const leader = await leaderIn("kept", server.brokers);

  await leader.kill();
  await write(clientOf(without(leader)), "kept", "second");
  expect(await leaderIn("kept", without(leader))).not.toBe(leader);
  await leader.start();

  expect(await membersOf(server.brokers[leader.id - 1] ?? "")).toHaveLength(3);
  expect(await read(clientOf(server.brokers), "kept", 2)).toEqual(["first", "second"]);
});

test("two brokers go on when the leader is paused, and it finds its way back", async () => {
  await write(clientOf(server.brokers), "paused", "first");
  const leader = await leaderIn("paused", server.brokers);

  leader.pause();
  const [other = ""] = without(leader);
  // Clients of kafkajs would wait long for an answer of the one that is paused.
  while ((await membersOf(other)).includes(leader.id)) await sleep(50);
  await write(clientOf(without(leader)), "paused", "second");
  expect(await leaderIn("paused", without(leader))).not.toBe(leader);
  leader.resume();

  while (!(await membersOf(other)).includes(leader.id)) await sleep(50);
  expect(await read(clientOf(server.brokers), "paused", 2)).toEqual(["first", "second"]);
});

test("clients of the listeners for proxies go through these only", async () => {
  const [first = ""] = server.addresses.proxied;
  // From the first listener on, they go where it tells them to.
  await write(clientOf([first]), "proxied", "through a proxy");
  expect(await read(clientOf([first]), "proxied", 1)).toEqual(["through a proxy"]);
  expect(proxies.reduce((sum, { clients }) => sum + clients, 0)).toBeGreaterThan(0);
});

async function leaderIn(topic: string, brokers: readonly string[]): Promise<KafkaBroker> {
  const id = await leaderOf(clientOf(brokers), topic);
  const broker = server.nodes.find((node) => node.id === id);
  if (broker === undefined) throw new Error(`${topic} has no leader`);
  return broker;
}

function without({ id }: KafkaBroker): readonly string[] {
  return server.brokers.filter((_, index) => index !== id - 1);
}
