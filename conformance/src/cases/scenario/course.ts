import { groupOf, type History, type Look } from "../../checker/index.js";
import { type Handler, Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Run } from "../testee.js";
import { callsOf } from "./of.js";
import { type Plan, SERVICE } from "./plan.js";

/** What a scenario has come to: what ran, what was heard, and what was seen. */
export class Course {
  readonly #handlers = new Map<string, Handler>();
  readonly #runs: Run[] = [];
  readonly #looks: Look[] = [];
  #maxBatch = 500;
  #undecodable = Policy.UNSPECIFIED;

  /** Something is about to run. */
  begins({ handlers, maxBatch, undecodable }: Plan): void {
    for (const handler of handlers) this.#handlers.set(`${groupOf(handler, SERVICE)} ${handler.id}`, handler);
    this.#maxBatch = maxBatch ?? this.#maxBatch;
    this.#undecodable = undecodable ?? this.#undecodable;
  }

  /** It runs. */
  runs(run: Run): void {
    this.#runs.push(run);
  }

  /** Someone has looked. */
  looked(look: Omit<Look, "handlers">): Look {
    const whole = { ...look, handlers: this.handlers };
    this.#looks.push(whole);
    return whole;
  }

  /** All that ran so far. */
  get handlers(): readonly Handler[] {
    return [...this.#handlers.values()];
  }

  /** Whether something runs. */
  get isActive(): boolean {
    return this.#runs.some((run) => run.isActive);
  }

  /** How many events were heard of each run. */
  heard(): readonly number[] {
    return this.#runs.map(({ events }) => events.length);
  }

  /** The numbers of the records with which a handler was called, in the order of the calls. */
  calls(handler: string, run?: Run): readonly string[] {
    const runs = run === undefined ? this.#runs : [run];
    return runs.flatMap(({ events }) => callsOf(events, handler));
  }

  history(): History {
    return {
      service: SERVICE,
      undecodable: this.#undecodable,
      maxBatch: this.#maxBatch,
      runs: this.#runs.map(({ events }) => events),
      looks: this.#looks,
    };
  }
}
