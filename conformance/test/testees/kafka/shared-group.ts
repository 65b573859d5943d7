import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTopic, must, write } from "../../../src/cases/scenario/command.js";
import { emit, handler } from "../../../src/cases/scenario/handlers.js";
import { stored, tick } from "../../../src/cases/scenario/ticks.js";
import type { Run } from "../../../src/cases/testee.js";
import { Binding } from "../../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import { KafkaCluster } from "../../../src/kafka/cluster.js";
import { describeGroup } from "../../../src/kafka/groups.js";
import { allOffsets, type GroupOffset } from "../../../src/kafka/offsets.js";
import { readAllCommitted } from "../../../src/kafka/read-partition.js";
import { decodeJson, type NeutralRecord } from "../../../src/oracle/index.js";
import { resolveTestee } from "../../../src/testee/resolve.js";
import { TesteeProcess } from "../../../src/testee/testee-process.js";

export const PARTITIONS = 6;
export const KEYS: readonly string[] = Array.from({ length: 24 }, (_, index) => `key-${index}`);
const LEASE_MS = 1_000;
const COPIES = { topic: "eventy-cursors", partitions: 16 };
const TIMEOUT_MS = 60_000;
const CLOCK = "urn:clock";
const brokers = process.env["EVENTY_KAFKA_BROKERS"] ?? "";

/** How many partitions each member of a kind has. */
export interface Shares {
  readonly librdkafka?: number;
  readonly sdk?: number;
}

/** A service that makes an event of each request, in a process of the SDK and in one that is built on librdkafka. */
export class SharedGroup {
  // Other tests use the same cluster.
  readonly group = `shared-${randomUUID().slice(0, 8)}`;
  readonly requests = `${this.group}-requests`;
  readonly #service = `urn:${this.group}`;
  readonly #cluster = new KafkaCluster(brokers.split(","));
  #written = 0;
  #librdkafka: ChildProcess | undefined;

  private constructor(
    readonly sdk: TesteeProcess,
    readonly observer: TesteeProcess,
  ) {}

  static async begin(): Promise<SharedGroup> {
    const shared = new SharedGroup(await start(), await start());
    await openStore(shared.observer);
    for (const suffix of ["events", "requests", "responses", "dead-letters"])
      await createTopic(shared.observer, `${shared.group}-${suffix}`, PARTITIONS);
    // Whoever is first makes it; here it may be one who cannot.
    await createTopic(shared.observer, COPIES.topic, COPIES.partitions);
    return shared;
  }

  async end(): Promise<void> {
    await Promise.all([this.sdk.destroy(), this.observer.destroy(), this.endLibrdkafka("SIGKILL")]);
    await this.#cluster.close();
  }

  /** Starts the process of the SDK, once more if it was killed. */
  async runSdk(): Promise<Run> {
    await openStore(this.sdk);
    const of = { type: RecordType.REQUEST, namespace: this.#service, name: "Convert" };
    const id = `request:${this.#service}:Convert:exactly-once`;
    return this.sdk.startRun({
      service: this.#service,
      handlers: [handler("eos", { ...of, id, steps: [emit("Converted")] })],
    });
  }

  async runLibrdkafka(): Promise<void> {
    const [python = ""] = (await resolveTestee("python-eventy")).argv;
    const script = join(import.meta.dirname, "librdkafka_worker.py");
    const args = ["-B", script, brokers, this.group, `${LEASE_MS}`];
    this.#librdkafka = spawn(python, args, { stdio: ["ignore", "inherit", "inherit"] });
  }

  /** Ends it, and says with which code. */
  async endLibrdkafka(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#librdkafka;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  }

  /** Writes one request of each key. */
  async write(): Promise<void> {
    const of = { type: RecordType.REQUEST, namespace: this.#service, name: "Convert", source: CLOCK };
    const requests = KEYS.map((key) => tick(this.#written++, { ...of, key, context: {} }));
    await write(this.observer, requests.map(stored));
  }

  /** Waits until there are as many events as requests. */
  async converted(): Promise<void> {
    while ((await this.read("events")).flat().length < this.#written) await sleep(50);
  }

  /** Waits until the group is shared in this way. */
  async shared(shares: Shares): Promise<void> {
    const wanted = JSON.stringify([shares.librdkafka ?? null, shares.sdk ?? null]);
    for (;;) {
      const { members } = await this.#ofGroup(describeGroup(this.group));
      const found = ["rdkafka-", "eventy-"].map(
        (prefix) => members.find(({ id }) => id.startsWith(prefix))?.assigned.length ?? null,
      );
      if (JSON.stringify(found) === wanted) return;
      await sleep(50);
    }
  }

  /** All records of a topic, by partition. */
  async read(suffix: "events" | "requests"): Promise<readonly (readonly NeutralRecord[])[]> {
    const partitions = await readAllCommitted(this.#cluster, places(`${this.group}-${suffix}`, PARTITIONS));
    return partitions.map((records) => records.map(({ value }) => decodeJson(value ?? new Uint8Array())));
  }

  /** The offset that the group has in each partition of its requests, and what it noted with it. */
  async cursors(): Promise<readonly GroupOffset[]> {
    const offsets = await this.#ofGroup(allOffsets(this.group));
    const none = { offset: -1, metadata: "" };
    return places(this.requests, PARTITIONS).map(
      ({ topic, partition }) => offsets.get(`${topic}/${partition}`) ?? none,
    );
  }

  /** The offset behind the last request of each partition. */
  async behindLast(): Promise<readonly number[]> {
    const partitions = await readAllCommitted(this.#cluster, places(this.requests, PARTITIONS));
    return partitions.map((records) => (records.at(-1)?.offset ?? -1) + 1);
  }

  /** The last copy of each cursor of the group, and the partitions that copies of it are in. */
  async copies(): Promise<ReadonlyMap<string, { value: unknown; partitions: ReadonlySet<number> }>> {
    const copies = new Map<string, { value: unknown; partitions: Set<number> }>();
    const all = await readAllCommitted(this.#cluster, places(COPIES.topic, COPIES.partitions));
    for (const [partition, records] of all.entries()) {
      for (const { key, value } of records) {
        const name = key?.toString() ?? "";
        if (!name.startsWith(`${this.group}:`)) continue;
        const partitions = copies.get(name)?.partitions ?? new Set();
        copies.set(name, { value: JSON.parse(`${value}`), partitions: partitions.add(partition) });
      }
    }
    return copies;
  }

  #ofGroup<T>(request: Parameters<typeof KafkaCluster.prototype.coordinator<T>>[2]): Promise<T> {
    return this.#cluster.coordinator("group", this.group, request);
  }
}

function places(topic: string, partitions: number) {
  return Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
}

async function start(): Promise<TesteeProcess> {
  const { argv } = await resolveTestee("typescript");
  return TesteeProcess.start({ argv, protocolVersion: "3.5.0", timeoutMs: TIMEOUT_MS });
}

async function openStore(testee: TesteeProcess): Promise<void> {
  const value = { binding: Binding.KAFKA, location: brokers, leaseMs: LEASE_MS };
  await must(testee, { case: "open", value }, "done");
}
