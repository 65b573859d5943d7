import type { RecordStore } from "@eventy/sdk/store";
import { Partitioners } from "kafkajs";
import { type Drain, inBatches } from "../store/drain.js";
import { headers, type Input, takeInputs } from "../store/input.js";
import { kafkaClient } from "./client.js";
import type { Topics } from "./topics.js";

/** Producing and nothing else, and how to end it. */
export interface BareProduce extends Drain {
  readonly close: () => Promise<void>;
}

/** By the producer of kafkajs, 500 records a request, each when the one before is written. */
export async function bareProduce(brokers: readonly string[], topics: Topics): Promise<BareProduce> {
  const producer = kafkaClient(brokers).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const drain = await produceDrain("bare kafkajs producer", topics, async (topic, inputs) => {
    const messages = inputs.map(({ key, value }) => ({ key, value: value as Buffer, headers }));
    await producer.send({ topic, messages, acks: -1 });
  });
  return { ...drain, close: () => producer.disconnect() };
}

/** By a store of ours, in the same way. */
export function storeProduce(store: RecordStore, topics: Topics): Promise<Drain> {
  return produceDrain("eventy", topics, async (topic, inputs) => {
    await store.append(inputs.map(({ key, value }) => ({ topic, key, value, headers })));
  });
}

async function produceDrain(
  name: string,
  topics: Topics,
  append: (topic: string, inputs: readonly Input[]) => Promise<void>,
): Promise<Drain> {
  const topic = `produce-${name.replaceAll(" ", "-")}`;
  await topics.create([topic], 1);
  return {
    name,
    fill: () => topics.forget([topic]),
    drain: (records) => inBatches(records, (size) => append(topic, takeInputs(size, "large"))),
  };
}
