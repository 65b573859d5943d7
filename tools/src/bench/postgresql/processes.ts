import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { RecordStore } from "@eventy/sdk/store";
import type { Drain } from "../store/drain.js";
import { eventyApp } from "../store/eventy.js";
import { headers, takeInputs } from "../store/input.js";

const script = fileURLToPath(new URL("./member.js", import.meta.url));

/** Processes that share the partitions of a topic, and how to end them. */
export interface Processes extends Drain {
  readonly stop: () => Promise<void>;
}

/**
 * So many processes as members of one group. They start at the first turn, and run on.
 *
 * Filling is one transaction, so that all records are there at once when the time begins.
 */
export async function processes(
  store: RecordStore,
  url: string,
  { count, partitions }: { readonly count: number; readonly partitions: number },
): Promise<Processes> {
  const label = `processes-${count}`;
  const { input, output } = eventyApp(store, { label, guarantee: "exactly-once" });
  await store.createTopic(input, partitions);
  await store.createTopic(output, partitions);
  const children: ChildProcess[] = [];

  async function fill(records: number): Promise<void> {
    while (children.length < count) children.push(fork(script, [url, label]));
    await store.append(takeInputs(records).map(({ key, value }) => ({ topic: input, key, value, headers })));
  }

  /** Outputs have the keys of the inputs, so they stand in partitions of the same numbers. */
  async function drain(): Promise<void> {
    for (let partition = 0; partition < partitions; partition++) {
      const { end } = await store.bounds({ topic: input, partition });
      while ((await store.bounds({ topic: output, partition })).end < end) await setTimeout(5);
    }
  }

  async function stop(): Promise<void> {
    for (const child of children) child.disconnect();
    await Promise.all(children.map((child) => once(child, "exit")));
  }
  return { name: count === 1 ? "1 process" : `${count} processes`, fill, drain, stop };
}
