import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { Gauge } from "../gauge.js";
import { flowOf } from "./flow.js";
import { type Start, stopProcess } from "./start.js";
import type { Topics } from "./topics.js";

const flow = flowOf("takeover", 1);

/** How long nothing is handled when the process that has the partition is killed, and another one stands by. */
export function takeover(topics: Topics, start: Start, sessionTimeoutMs: number, times: number): Gauge {
  return {
    title: `Takeover after SIGKILL, session timeout ${sessionTimeoutMs / 1000} s`,
    read: async () => {
      await topics.create([flow.input, flow.output], flow.partitions);
      const readings: number[] = [];
      let owner = start(flow)();
      await untilHandled(topics);
      for (let i = 0; i < times; i++) {
        const other = start(flow)();
        while ((await topics.membersOf(flow.group)) < 2) await setTimeout(50);
        readings.push(await killed(owner, topics));
        owner = other;
      }
      await stopProcess(owner);
      const limit = sessionTimeoutMs / 1000 + 1;
      return [
        {
          name: "kill until the next record is handled, longest",
          value: Math.max(...readings),
          unit: "s",
          limit,
        },
        { name: "the same, shortest", value: Math.min(...readings), unit: "s" },
      ];
    },
  };
}

/** Seconds until another one has handled a record. */
async function killed(owner: ChildProcess, topics: Topics): Promise<number> {
  const exit = once(owner, "exit");
  owner.kill("SIGKILL");
  const begin = performance.now();
  await exit;
  await untilHandled(topics);
  return (performance.now() - begin) / 1000;
}

async function untilHandled(topics: Topics): Promise<void> {
  const ends = await topics.fill(flow, 1);
  while (!(await topics.isHandled(flow, ends))) await setTimeout(10);
}
