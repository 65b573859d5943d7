import { App, type Guarantee, onEvent, Service } from "@eventy/sdk/processing";
import type { FetchLimit, RecordStore } from "@eventy/sdk/store";
import { type Drain, inBatches } from "./drain.js";
import { headers, takeInputs } from "./input.js";

/** What our own contender is to do. */
export interface EventyWork {
  /** Of its topics and its group in the store. */
  readonly label: string;
  readonly guarantee: Guarantee;
  /** Default: 1. */
  readonly partitions?: number;
  /** How much is one transaction. Default: that of the App. */
  readonly batch?: FetchLimit;
}

/** The topics of a piece of work, and the app that does it. */
export interface EventyApp {
  readonly input: string;
  readonly output: string;
  readonly app: App;
}

/** An app that emits one event for each input, with its data and in its context; `onHandled` hears of each. */
export function eventyApp(
  store: RecordStore,
  { label, guarantee, batch = {} }: EventyWork,
  onHandled?: () => void,
): EventyApp {
  const shop = new Service("shop", { topics: { events: `${label}-input` } });
  const till = new Service("till", { topics: { events: `${label}-output` } });
  const handler = onEvent(
    shop,
    "Placed",
    guarantee,
    async function* ({ data }) {
      onHandled?.();
      yield till.event("Paid", { data: { ...data } });
    },
    { group: label },
  );
  const app = new App({ service: till, others: [shop], store, handlers: [handler], batch });
  return { input: shop.topics.events, output: till.topics.events, app };
}

/** Our own contender: the whole way, from the store through the codec and the handler into the store. */
export async function eventyDrain(store: RecordStore, work: EventyWork, name: string): Promise<Drain> {
  const { partitions = 1 } = work;
  const { input, output } = eventyApp(store, work);
  await store.createTopic(input, partitions);
  await store.createTopic(output, partitions);
  let filled = 0;
  return {
    name,
    fill: async (records) => {
      await append(store, input, records);
      filled += records;
    },
    drain: async () => {
      await eventyApp(store, work).app.runToEnd();
      await checkOutputs(store, output, filled);
    },
  };
}

/** Our own contender for nothing but appending. */
export async function appendDrain(store: RecordStore): Promise<Drain> {
  const topic = "append";
  await store.createTopic(topic, 1);
  return { name: "eventy", fill: async () => {}, drain: (records) => append(store, topic, records) };
}

/** Appends so many records, in batches. */
export async function append(store: RecordStore, topic: string, records: number): Promise<void> {
  await inBatches(records, async (size) => {
    await store.append(takeInputs(size).map(({ key, value }) => ({ topic, key, value, headers })));
  });
}

/** A figure counts only if the work was done. */
async function checkOutputs(store: RecordStore, topic: string, expected: number): Promise<void> {
  let found = 0;
  for (let partition = 0; partition < (await store.partitionsOf(topic)); partition++) {
    found += (await store.bounds({ topic, partition })).end;
  }
  if (found !== expected) throw new Error(`${topic} holds ${found} records in place of ${expected}`);
}
