import type { RunEvent } from "../cases/testee.js";
import type { Event } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { AdapterError } from "./adapter-error.js";

/** What a run says, in order, also if its process is killed. */
export class RunJournal {
  readonly id: string;
  readonly events: RunEvent[] = [];
  /** Why nothing more will come, if the process ended first. */
  #error: Error | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(id: string) {
    this.id = id;
  }

  /** The last event of a run that ended by itself. */
  get end(): Extract<RunEvent, { case: "done" | "fatal" }> | undefined {
    const last = this.events.at(-1);
    return last?.case === "done" || last?.case === "fatal" ? last : undefined;
  }

  get isActive(): boolean {
    return this.end === undefined && this.#error === undefined;
  }

  /**
   * Writes an event down.
   *
   * @throws AdapterError if it is none, or comes after the end.
   */
  add({ event }: Event): void {
    if (event.case === undefined) throw new AdapterError(`the run ${this.id} said an empty event`);
    if (this.end) throw new AdapterError(`the run ${this.id} said \`${event.case}\` after its end`);
    this.events.push(event);
    this.wake();
  }

  /** Says that the process has ended. */
  break(error: Error): void {
    this.#error ??= error;
    this.wake();
  }

  /**
   * Looks again whenever something was said, until there is something to see.
   *
   * @param look what is looked for; undefined: it is not there yet
   * @throws what ended the process, if that comes first.
   */
  async until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const seen = look();
      if (seen !== undefined) return seen;
      if (this.#error !== undefined) throw this.#error;
      await new Promise<void>((resolve) => {
        this.#listeners.add(resolve);
      });
    }
  }

  /** Has everyone look again. */
  wake(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }
}
