import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { RecordStore } from "../../../src/store/index.js";
import { Program } from "../../program.js";
import { count, recordsOf, type textsIn } from "../records.js";
import { until } from "../until.js";

/** Where processes copy. */
export interface Place {
  readonly store: RecordStore;
  readonly textsIn: typeof textsIn;
  /** The program of a process: it calls `copyUntilEnd`. */
  readonly program: URL;
  /** Where a process finds the store. */
  readonly address: string;
  /** Options of a process's store, unless others are given. */
  readonly options: object;
}

/** Processes of one group that copy records from one topic to another, and what they are to copy. */
export class Copiers {
  readonly #place: Place;
  readonly #group: string;
  readonly #from: string;
  readonly #to: string;
  readonly #processes: Program[] = [];
  #partitions = 0;
  /** The texts that each partition has. */
  #texts: readonly string[] = [];

  constructor(place: Place) {
    const id = randomUUID();
    this.#place = place;
    this.#group = `group-${id}`;
    this.#from = `in-${id}`;
    this.#to = `out-${id}`;
  }

  async createTopics(partitions: number): Promise<void> {
    this.#partitions = partitions;
    await this.#place.store.createTopic(this.#from, partitions);
    await this.#place.store.createTopic(this.#to, partitions);
  }

  /** Starts a process. Its program knows what more arguments mean. */
  start(options: object = this.#place.options, ...more: readonly string[]): Program {
    const { program, address } = this.#place;
    const names = [this.#group, this.#from, this.#to];
    const process = new Program(program, address, JSON.stringify(options), ...names, ...more);
    this.#processes.push(process);
    return process;
  }

  /** Appends more records to each partition. */
  async feed(more: number): Promise<void> {
    const next = count(more, `${this.#texts.length}+`);
    for (let partition = 0; partition < this.#partitions; partition++) {
      await this.#place.store.append(recordsOf(this.#from, partition, next));
    }
    this.#texts = [...this.#texts, ...next];
  }

  /** Waits until everything is copied, and compares it. */
  async expectCopies(): Promise<void> {
    for (let partition = 0; partition < this.#partitions; partition++) {
      await until(async () => (await this.#copiesIn(partition)).length >= this.#texts.length);
    }
    for (let partition = 0; partition < this.#partitions; partition++) {
      expect(await this.#copiesIn(partition)).toEqual(this.#texts);
    }
  }

  async kill(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.kill()));
  }

  #copiesIn(partition: number): Promise<string[]> {
    return this.#place.textsIn(this.#place.store, this.#to, partition);
  }
}

/** The claims that a process says that it has got so far: the partition of each, and when that was. */
export function claimsOf({ lines }: Program): { readonly partition: number; readonly at: number }[] {
  return lines
    .filter((line) => line.startsWith("claim "))
    .map((line) => {
      const [, partition, at] = line.split(" ");
      return { partition: Number(partition), at: Number(at) };
    });
}
