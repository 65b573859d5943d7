import { afterEach, expect, test, vi } from "vitest";
import { Cluster } from "../../../../src/store/kafka/client/cluster.js";
import { settingsOf } from "../../../../src/store/kafka/settings.js";
import { brokers } from "../brokers.js";

afterEach(() => {
  vi.useRealTimers();
});

test("a connection on which everything is answered has no timers", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const cluster = new Cluster(settingsOf({ brokers }));
  try {
    await cluster.nodes();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    cluster.close();
  }
});
