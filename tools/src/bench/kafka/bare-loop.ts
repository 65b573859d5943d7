import type { EachBatchPayload, KafkaMessage, Message } from "kafkajs";
import { Closing } from "../closing.js";
import { aLargeOutput, handleByHand } from "../store/by-hand.js";
import { headers } from "../store/input.js";
import { kafkaClient, transactionalProducer } from "./client.js";
import { untilInputEnds } from "./until-input-ends.js";

/**
 * What exactly once costs on kafkajs when nothing else is done: a process that reads, writes as many and as large records
 * to another topic as ours does, and commits both together. No byte is looked at, unless it is to be done by hand: then
 * it does with each record what ours does, in plain calls.
 */
const [brokers = "", group = "", input = "", output = "", perTransaction = "", byHand = ""] =
  process.argv.slice(2);
const size = Number(perTransaction);
const ready = Buffer.from(aLargeOutput);

const kafka = kafkaClient(brokers.split(","));
const closing = new Closing();
const producers = new Map<number, ReturnType<typeof producerOf>>();

const consumer = kafka.consumer({
  groupId: group,
  // As many as a transaction takes, with their headers, and not many more.
  maxBytesPerPartition: size * 1200,
  maxBytes: 64 << 20,
  readUncommitted: false,
});
await consumer.connect();
closing.add(() => consumer.disconnect());
await consumer.subscribe({ topic: input, fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachBatchAutoResolve: false,
  partitionsConsumedConcurrently: 16,
  eachBatch: handle,
});
await untilInputEnds();
await closing.close();

async function handle({ batch, resolveOffset, heartbeat }: EachBatchPayload): Promise<void> {
  for (let from = 0; from < batch.messages.length; from += size) {
    const messages = batch.messages.slice(from, from + size);
    const next = String(Number(messages.at(-1)?.offset) + 1);
    const producer = await (producers.get(batch.partition) ?? producerOf(batch.partition));
    const transaction = await producer.transaction();
    await transaction.send({ topic: output, messages: messages.map(outputOf) });
    await transaction.sendOffsets({
      consumerGroupId: group,
      topics: [{ topic: input, partitions: [{ partition: batch.partition, offset: next }] }],
    });
    await transaction.commit();
    resolveOffset(String(Number(next) - 1));
    await heartbeat();
  }
}

function outputOf({ key, value }: KafkaMessage): Message {
  const made = byHand === "" || value === null ? ready : Buffer.from(handleByHand(value));
  return { key, value: made, headers };
}

/** One for each partition, so that their transactions do not wait for each other. */
function producerOf(partition: number): Promise<ReturnType<typeof transactionalProducer>> {
  const producer = transactionalProducer(kafka, `${group}-${partition}`);
  closing.add(() => producer.disconnect());
  const connected = producer.connect().then(() => producer);
  producers.set(partition, connected);
  return connected;
}
