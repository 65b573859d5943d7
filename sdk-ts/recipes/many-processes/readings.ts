import { jsonCodec } from "@eventy/sdk/codec/json";
import { App } from "@eventy/sdk/processing";
import type { RecordStore } from "@eventy/sdk/store";
import { PARTITIONS, reading, sensors } from "./sensors.js";

const SENSORS = 60;
const TOPIC = sensors.topics.events;
const codec = jsonCodec();

/** What the service has made of a reading. */
export interface Output {
  readonly sensor: number;
  readonly count: number;
  readonly worker: string;
  /** When the reading was emitted. */
  readonly emittedAt: number;
  /** When the output was appended; both in milliseconds since 1970. */
  readonly appendedAt: number;
}

/** Emits readings, and reads what the service makes of them. */
export class Readings {
  readonly outputs: Output[] = [];
  /** How many were emitted of each sensor. */
  #count = 0;
  readonly #store: RecordStore;
  readonly #client: App;
  #positions: number[] = [];

  constructor(store: RecordStore) {
    this.#store = store;
    this.#client = new App({
      service: sensors,
      store,
      handlers: [],
      createTopics: { partitions: PARTITIONS },
    });
  }

  /** Has the topics made, if they are not there, and passes over what earlier runs have left in them. */
  async begin(): Promise<void> {
    await this.#client.emit();
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: TOPIC, partition }));
    const bounds = await Promise.all(partitions.map((partition) => this.#store.bounds(partition)));
    this.#positions = bounds.map(({ end }) => end);
  }

  /** Emits one reading of each sensor. */
  async emit(): Promise<void> {
    const count = this.#count++;
    await this.#client.emit(...Array.from({ length: SENSORS }, (_, sensor) => reading(sensor, count)));
  }

  /** Emits so many of each sensor, and waits for what is made of them. @returns how many each process has made */
  async convert(readings: number): Promise<ReadonlyMap<string, number>> {
    const before = this.outputs.length;
    for (let emitted = 0; emitted < readings; emitted++) await this.emit();
    await this.untilConverted();
    const shares = new Map<string, number>();
    for (const { worker } of this.outputs.slice(before)) shares.set(worker, (shares.get(worker) ?? 0) + 1);
    return shares;
  }

  /** Reads what the service has emitted, until there is an output for each reading. */
  async untilConverted(): Promise<void> {
    while (this.outputs.length < this.#count * SENSORS) {
      const found = this.outputs.length;
      for (let partition = 0; partition < PARTITIONS; partition++) await this.#readOn(partition);
      if (this.outputs.length === found) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** @throws Error if an output is not there once and in order */
  check(): void {
    const next = Array.from({ length: SENSORS }, () => 0);
    for (const { sensor, count } of this.outputs) {
      if (count !== next[sensor]) throw new Error(`sensor ${sensor}: ${count} in place of ${next[sensor]}`);
      next[sensor] = count + 1;
    }
  }

  async #readOn(partition: number): Promise<void> {
    const place = { topic: TOPIC, partition };
    const { records, next } = await this.#store.read(place, this.#positions[partition] ?? 0);
    this.#positions[partition] = next;
    for (const { value, appendedAt } of records) {
      if (value === null) continue;
      const data = codec.decode(value).data as unknown as Omit<Output, "appendedAt">;
      this.outputs.push({ ...data, appendedAt });
    }
  }
}
