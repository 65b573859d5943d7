import { setTimeout } from "node:timers/promises";
import type { RecordStore } from "@eventy/sdk/store";
import type { Gauge } from "../gauge.js";
import { append, type EventyWork, eventyApp } from "./eventy.js";
import { percentile } from "./percentile.js";

/** Deliveries before those that count. */
const warmUp = 50;

/** How long one delivery took, in milliseconds since its append was called. */
interface Delivery {
  readonly handled: number;
  readonly committed: number;
}

/**
 * How long it takes from the call that appends a single record until the handler is called, and until its output is
 * there for others, while nothing else goes on.
 *
 * @param writer What appends and looks for the output: the store of another process, where there can be one.
 */
export function latency(store: RecordStore, writer: RecordStore, deliveries: number, limit?: number): Gauge {
  return {
    title: "Latency of a single record, exactly once, nothing else going on",
    read: async () => {
      const seen = await deliver(store, writer, deliveries + warmUp);
      const handled = seen.slice(warmUp).map((delivery) => delivery.handled);
      const committed = seen.slice(warmUp).map((delivery) => delivery.committed);
      const bound = limit === undefined ? {} : { limit };
      return [
        { name: "append until handler, median", value: percentile(handled, 50), unit: "ms" },
        { name: "append until handler, p99", value: percentile(handled, 99), unit: "ms", ...bound },
        { name: "append until output is committed, median", value: percentile(committed, 50), unit: "ms" },
        {
          name: "append until output is committed, p99",
          value: percentile(committed, 99),
          unit: "ms",
          ...bound,
        },
      ];
    },
  };
}

async function deliver(store: RecordStore, writer: RecordStore, deliveries: number): Promise<Delivery[]> {
  const work: EventyWork = { label: "latency", guarantee: "exactly-once" };
  let handledAt = 0;
  const { app, input, output } = eventyApp(store, work, () => {
    handledAt = performance.now();
  });
  await store.createTopic(input, 1);
  await store.createTopic(output, 1);
  const ending = new AbortController();
  const running = app.run({ signal: ending.signal });
  const seen: Delivery[] = [];
  async function endOfOutput(): Promise<number> {
    return (await writer.bounds({ topic: output, partition: 0 })).end;
  }
  for (let i = 0; i < deliveries; i++) {
    await setTimeout(Math.random() * 10);
    const end = await endOfOutput();
    const start = performance.now();
    await append(writer, input, 1);
    while ((await endOfOutput()) === end) await setTimeout(0.5);
    seen.push({ handled: handledAt - start, committed: performance.now() - start });
  }
  ending.abort();
  await running;
  return seen;
}
