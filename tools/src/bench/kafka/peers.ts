import type { Closing } from "../closing.js";
import { flowOf } from "./flow.js";
import { Peer } from "./peer.js";
import { kafkaStreams, nodeScript, pythonEventy, type Start } from "./start.js";
import type { Topics } from "./topics.js";

/**
 * About as many records as 100 ms bring, which is how often Kafka Streams commits. Ours and the bare loops commit each
 * partition by itself, with its share of them.
 */
const perInterval = 3_000;

/** eventy 3.4.0 waits for each record that it writes: a small part of the work tells its speed. */
const slow = 160;
/** With its default, a batch for each record, it does a sixth of the work. */
const pythonBatch = 500;

/** What the contenders of a run have in common. */
export interface PeersOptions {
  readonly brokers: readonly string[];
  readonly topics: Topics;
  /** How many there are in a turn. */
  readonly records: number;
  /** Ends the processes. */
  readonly closing: Closing;
}

/** Makes those who handle records, each in processes of its own. */
export class Peers {
  readonly #options: PeersOptions;

  constructor(options: PeersOptions) {
    this.#options = options;
  }

  eventy(partitions: number, processes = 1): Peer {
    const { brokers } = this.#options;
    const name = processes === 1 ? "eventy" : `eventy, ${processes} processes`;
    return this.#peer(name, partitions, nodeScript("member", brokers, shareOf(partitions)), { processes });
  }

  async streams(partitions: number, processes = 1): Promise<Peer> {
    const name = processes === 1 ? "Kafka Streams" : `Kafka Streams, ${processes} processes`;
    // Each has a consumer and a producer with threads of their own.
    const threads = Math.min(partitions, 2);
    return this.#peer(name, partitions, await kafkaStreams(this.#options.brokers, threads), { processes });
  }

  bareLoop(partitions: number): Peer {
    const start = nodeScript("bare-loop", this.#options.brokers, shareOf(partitions));
    return this.#peer("bare kafkajs loop", partitions, start);
  }

  byHand(partitions: number): Peer {
    const start = nodeScript("bare-loop", this.#options.brokers, shareOf(partitions), "by-hand");
    return this.#peer("the same, and codec, context and uuid by hand", partitions, start);
  }

  python(): Peer {
    const { brokers, records } = this.#options;
    const fewest = Math.ceil(records / slow);
    return this.#peer("eventy 3.4.0 in Python", 1, pythonEventy(brokers, pythonBatch), { fewest });
  }

  #peer(
    name: string,
    partitions: number,
    start: Start,
    { fewest = this.#options.records, processes = 1 } = {},
  ): Peer {
    const { topics, closing } = this.#options;
    const flow = flowOf(`${name.replaceAll(/\W+/g, "-")}-${partitions}`, partitions);
    const peer = new Peer({ name, flow, fewest, start: start(flow), processes }, topics);
    closing.add(() => peer.stop());
    return peer;
  }
}

function shareOf(partitions: number): string {
  return String(Math.ceil(perInterval / partitions));
}
