import type { RecordStore } from "@eventy/sdk/store";
import { KafkaStore } from "@eventy/sdk/store/kafka";
import { Closing } from "../closing.js";
import type { Comparison } from "../comparison.js";
import type { Gauge } from "../gauge.js";
import { drainContender } from "../store/drain.js";
import { latency } from "../store/latency.js";
import type { Suite, SuiteOptions } from "../suite.js";
import { costs } from "./costs.js";
import { Peers } from "./peers.js";
import { bareProduce, storeProduce } from "./produce.js";
import { benchBrokers } from "./server.js";
import { nodeScript } from "./start.js";
import { takeover } from "./takeover.js";
import { Topics } from "./topics.js";

const sessionTimeoutMs = 6_000;

/** Kafka against Kafka Streams, the bare loop of kafkajs, and eventy 3.4.0, all on the same brokers. */
export async function kafkaSuite({ quick }: SuiteOptions): Promise<Suite> {
  const closing = new Closing();
  const { addresses, pids, stop } = await benchBrokers();
  closing.add(stop);
  const topics = await Topics.open(addresses);
  closing.add(() => topics.close());
  const peers = new Peers({ brokers: addresses, topics, records: quick ? 20_000 : 160_000, closing });

  function open(): RecordStore {
    const store = new KafkaStore({ brokers: addresses });
    closing.add(() => store.close());
    return store;
  }
  const bare = await bareProduce(addresses, topics);
  closing.add(bare.close);
  const produce: Comparison = {
    title: "Produce, 500 records of 1 KiB at a time",
    ours: drainContender(await storeProduce(open(), topics)),
    rivals: [{ contender: drainContender(bare), target: 0.7 }],
  };
  const member = nodeScript("member", addresses, "500", String(sessionTimeoutMs));
  return {
    parts: [
      ...(await onOnePartition(peers, pids)),
      ...(await onFourPartitions(peers, pids)),
      await onSeveralProcesses(peers),
      produce,
      takeover(topics, member, sessionTimeoutMs, quick ? 1 : 3),
      latency(open(), open(), quick ? 100 : 400),
    ],
    effort: { rounds: 5, turn: 1000 },
    close: () => closing.close(),
  };
}

async function onOnePartition(peers: Peers, brokers: readonly number[]): Promise<(Comparison | Gauge)[]> {
  const ours = peers.eventy(1);
  const streams = await peers.streams(1);
  const bare = peers.bareLoop(1);
  const byHand = peers.byHand(1);
  const python = peers.python();
  const comparison: Comparison = {
    title: "Exactly once, records of 1 KiB, a transaction each 100 ms",
    ours: drainContender(ours),
    rivals: [
      { contender: drainContender(streams), target: 1 },
      { contender: drainContender(bare), target: 0.7 },
      { contender: drainContender(byHand) },
      { contender: drainContender(python), target: 50 },
    ],
  };
  return [comparison, costs("Processor time of a record", [ours, streams, bare, byHand, python], brokers)];
}

async function onFourPartitions(peers: Peers, brokers: readonly number[]): Promise<(Comparison | Gauge)[]> {
  const ours = peers.eventy(4);
  const streams = await peers.streams(4);
  const bare = peers.bareLoop(4);
  const byHand = peers.byHand(4);
  const comparison: Comparison = {
    title: "The same on four partitions",
    ours: drainContender(ours),
    rivals: [
      { contender: drainContender(streams), target: 1 },
      { contender: drainContender(bare), target: 0.7 },
      { contender: drainContender(byHand) },
    ],
  };
  return [
    comparison,
    costs("Processor time of a record, four partitions", [ours, streams, bare, byHand], brokers),
  ];
}

async function onSeveralProcesses(peers: Peers): Promise<Comparison> {
  const [partitions, processes] = [6, 3];
  return {
    title: "The same, processes share six partitions",
    ours: drainContender(peers.eventy(partitions, processes)),
    rivals: [
      { contender: drainContender(peers.eventy(partitions)), target: 1.5 },
      { contender: drainContender(await peers.streams(partitions, processes)) },
    ],
  };
}
