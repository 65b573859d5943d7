import { type Delivery, Guarantee, type Handler } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import { groupBy } from "./group-by.js";
import type { History, KeptRecord, Look, Place } from "./history.js";
import { lineageOf, numberIn } from "./lineage.js";
import { placeText } from "./place-text.js";
import { groupOf, handles, isForOthers, play, type Scripted, topicOf } from "./script.js";

/** A record that a handler is to handle. */
export interface Task {
  readonly handler: Handler;
  readonly group: string;
  readonly input: KeptRecord;
  readonly record: NeutralRecord;
  /** Number of the record, from its data: what becomes of it has the same. */
  readonly n: string;
  readonly script: Scripted;
  /** Whether the group has acknowledged the input. */
  readonly isAcknowledged: boolean;
}

/** A record as a handler was given it. */
export interface Heard {
  readonly run: number;
  readonly place: Place;
  readonly delivery: Delivery;
  /** Undefined: the handler was called. */
  readonly effect: string | undefined;
}

/** What is known at one look, in the order that the rules ask for it. */
export class Facts {
  readonly history: History;
  readonly look: Look;
  /** In the order of handlers, topics, partitions and offsets. */
  readonly tasks: readonly Task[];
  /** What was heard before the look began. */
  readonly heardBefore: readonly Heard[];
  readonly #records = new Map<string, KeptRecord>();
  readonly #byUuid = new Map<string, KeptRecord>();
  readonly #cursors = new Map<string, number>();
  readonly #outputs = new Map<string, KeptRecord[]>();
  readonly #heard: ReadonlyMap<string, readonly Heard[]>;
  readonly #called: ReadonlySet<string>;
  readonly #crashing: ReadonlySet<string>;

  constructor(history: History, look: Look) {
    this.history = history;
    this.look = look;
    const { records, cursors } = look.snapshot;
    for (const record of records) {
      this.#records.set(placeText(record), record);
      const uuid = record.record?.uuid;
      if (uuid !== undefined && !this.#byUuid.has(uuid)) this.#byUuid.set(uuid, record);
    }
    for (const { group, topic, partition, acknowledged } of cursors) {
      this.#cursors.set(`${group} ${topic}/${partition}`, acknowledged);
    }
    this.heardBefore = this.#heardUntil(look.before);
    this.#heard = groupBy(this.#heardUntil(look.heard), heardKey);
    this.#called = new Set(this.heardBefore.map(heardKey));
    this.tasks = this.#findTasks();
    this.#crashing = new Set(
      this.tasks
        .filter(
          ({ script, handler }) => script.fate === "crashes" && handler.guarantee !== Guarantee.AT_MOST_ONCE,
        )
        .map(({ group, input }) => `${group} ${placeText(input)}`),
    );
    this.#assignOutputs();
  }

  recordAt(place: Place): KeptRecord | undefined {
    return this.#records.get(placeText(place));
  }

  /** How many records stand in a partition from a place up to an offset. */
  recordsFrom({ topic, partition, offset }: Place, end: number): number {
    return [...this.#records.values()].filter(
      (one) => one.topic === topic && one.partition === partition && one.offset >= offset && one.offset < end,
    ).length;
  }

  /** Where a delivery says that the record stands; if it says nothing, where a record of that uuid stands first. */
  placeOf({ topic, partition, offset, uuid }: Delivery): Place {
    return (topic === "" && this.#byUuid.get(uuid)) || { topic, partition, offset: Number(offset) };
  }

  /** Offset after the last record that a group has acknowledged; 0 if it has acknowledged none. */
  acknowledged(group: string, { topic, partition }: Pick<Place, "topic" | "partition">): number {
    return this.#cursors.get(`${group} ${topic}/${partition}`) ?? 0;
  }

  /** What the handler of a task emitted for records of its number, in the order of topics and offsets. */
  outputsOf({ handler, n }: Task): readonly KeptRecord[] {
    return this.#outputs.get(outputKey(handler.id, n)) ?? [];
  }

  /** The calls of the handler with the record, and their effects. */
  heardOf({ handler, input }: Task): readonly Heard[] {
    return this.#heard.get(taskKey(handler.id, input)) ?? [];
  }

  /** Whether the handler had been called with the record before the look began. */
  wasCalled({ handler, input }: Task): boolean {
    return this.#called.has(taskKey(handler.id, input));
  }

  /** The tasks of handlers with a guarantee. */
  tasksOf(guarantee: Guarantee): readonly Task[] {
    return this.tasks.filter(({ handler }) => handler.guarantee === guarantee);
  }

  /** Whether a record ends the process before it is acknowledged, in some handler of the group of the task. */
  crashes({ group, input }: Task): boolean {
    return this.#crashing.has(`${group} ${placeText(input)}`);
  }

  /** Whether a record is left out of account. */
  isHidden({ record }: KeptRecord): boolean {
    const n = record && lineageOf(record);
    return n !== undefined && this.history.hidden?.has(n) === true;
  }

  #heardUntil(counts: readonly number[]): Heard[] {
    return this.history.runs.flatMap((events, run) =>
      events.slice(0, counts[run] ?? 0).flatMap((event): Heard[] => {
        if (event.case !== "invoked" && event.case !== "effect") return [];
        const { delivery } = event.value;
        const place = delivery && this.placeOf(delivery);
        const record = place && this.recordAt(place);
        if (!place || (record && this.isHidden(record))) return [];
        return [{ run, place, delivery, effect: event.case === "effect" ? event.value.label : undefined }];
      }),
    );
  }

  #findTasks(): Task[] {
    const { service } = this.history;
    return this.look.handlers.flatMap((handler) => {
      const group = groupOf(handler, service);
      const topic = topicOf(handler.type, handler.namespace);
      return [...this.#records.values()].flatMap((input): Task[] => {
        const { record } = input;
        const n = record && numberIn(record, "n");
        if (!record || n === undefined || input.topic !== topic || this.isHidden(input)) return [];
        if (!handles(handler, record, service) || isForOthers(input, service)) return [];
        const isAcknowledged = this.acknowledged(group, input) > input.offset;
        return [{ handler, group, input, record, n, script: play(handler, record), isAcknowledged }];
      });
    });
  }

  #assignOutputs(): void {
    const owners = outputOwners(this.look.handlers);
    for (const output of this.#records.values()) {
      const owner = output.record && owners.get(output.record.name);
      const n = output.record && numberIn(output.record, "input");
      if (owner === undefined || n === undefined) continue;
      const key = outputKey(owner, n);
      const known = this.#outputs.get(key);
      if (known === undefined) this.#outputs.set(key, [output]);
      else known.push(output);
    }
  }
}

/** The id of the handler that emits records of a name: scripts emit names of their own. */
function outputOwners(handlers: readonly Handler[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { id, steps } of handlers) {
    for (const { step } of steps) {
      if (step.case === "emit" && step.value.draft) owners.set(step.value.draft.name, id);
    }
  }
  return owners;
}

function heardKey({ delivery, place }: Heard): string {
  return taskKey(delivery.handler, place);
}

function taskKey(handler: string, place: Place): string {
  return `${handler} ${placeText(place)}`;
}

function outputKey(handler: string, n: string): string {
  return `${handler} ${n}`;
}
