import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Cluster } from "../../../../src/store/kafka/client/cluster.js";
import { Connections } from "../../../../src/store/kafka/client/connections.js";
import { metadataOf, type Node } from "../../../../src/store/kafka/client/metadata.js";
import { settingsOf } from "../../../../src/store/kafka/settings.js";
import { until } from "../../until.js";
import { brokers } from "../brokers.js";

const HOUR_MS = 3_600_000;

let cluster: Cluster;
let connections: Connections;
beforeEach(() => {
  cluster = new Cluster(settingsOf({ brokers, requestTimeoutMs: 1000 }));
  connections = new Connections(cluster);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await connections.close();
  cluster.close();
});

test("a connection on which everything is answered has no timers", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  await cluster.nodes();
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ["back", -HOUR_MS],
  ["forward", HOUR_MS],
])("a request without an answer is given up in time, also if the clock is set %s", async (_, ms) => {
  const now = Date.now;
  const node = await someNode();
  const asked = performance.now();
  const given = connections.to(node, async (broker) => {
    const { socket } = broker.connectionPool.pool[0] ?? {};
    if (socket === undefined) throw new Error("There is no connection.");
    socket.pause();
    const written = vi.spyOn(socket, "write");
    const answer = metadataOf(broker, []);
    await until(() => written.mock.calls.length > 0);
    vi.spyOn(Date, "now").mockImplementation(() => now() + ms);
    return answer;
  });
  await expect(given).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
  expect(performance.now() - asked).toBeGreaterThan(900);
});

async function someNode(): Promise<Node> {
  const [node] = await cluster.nodes();
  if (node === undefined) throw new Error("There is no broker.");
  return node;
}
