import { EventyError, type EventyRecord } from "../record/index.js";
import type { RecordStore } from "../store/index.js";
import { isDuration, LONGEST_MS } from "./duration.js";
import { emitInto } from "./emit-into.js";
import { type Environment, type EnvironmentOptions, environmentOf } from "./environment.js";
import { type Group, groupsOf } from "./groups.js";
import type { Handler } from "./handler.js";
import type { OutputDraft } from "./output-draft.js";
import { replayGroup } from "./replay.js";
import type { GroupOptions } from "./run-group.js";
import { type GroupsOptions, runGroups } from "./run-groups.js";
import type { Service } from "./service.js";
import { endsOf, ensureTopics } from "./topics.js";

/** What an {@link App} is made of. */
export interface AppOptions extends EnvironmentOptions, Omit<GroupOptions, "ends"> {
  readonly store: RecordStore;
  readonly handlers: readonly Handler[];
  /** Services that are asked something. Default: none. */
  readonly others?: readonly Service[];
  /** Creates topics that are not there. Default: a topic that is not there is an error. */
  readonly createTopics?: { readonly partitions: number };
}

/** How an {@link App} is run. */
export interface RunOptions {
  /** Ends the run in order: what is being handled is finished and acknowledged. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the handlers of a service on a store.
 *
 * It is made of public parts: {@link groupsOf}, {@link runGroups}, {@link replayGroup}, {@link emitInto}.
 *
 * @example
 * const app = new App({ service: orders, store, handlers: [placeOrder] });
 * await app.run({ signal });
 */
export class App {
  readonly #options: AppOptions;
  readonly #environment: Environment;
  readonly #groups: readonly Group[];
  #topicsAreThere = false;

  /** @throws EventyError INVALID_ARGUMENT for options that contradict one another or are out of range */
  constructor(options: AppOptions) {
    if (options.drainTimeoutMs !== undefined && !isDuration(options.drainTimeoutMs)) {
      throw new EventyError("INVALID_ARGUMENT", `drainTimeoutMs is not between 0 and ${LONGEST_MS}`);
    }
    this.#options = options;
    this.#environment = environmentOf(options);
    this.#groups = groupsOf(options.service, options.handlers);
  }

  /**
   * Handles records, until the signal aborts or every group has stopped.
   *
   * @throws EventyError when all groups have ended, that of the first one that stopped: HANDLER_FAILED, mostly;
   * UNKNOWN_TOPIC
   */
  run({ signal }: RunOptions = {}): Promise<void> {
    return this.#run(this.#groups, { ...this.#options, signal });
  }

  /**
   * Handles records, until everything that the topics hold is handled, what is emitted meanwhile included.
   *
   * @throws EventyError as {@link run} does
   */
  runToEnd({ signal }: RunOptions = {}): Promise<void> {
    return this.#run(this.#groups, { ...this.#options, signal, toEnd: true });
  }

  /**
   * Handles the dead letters of the service again, those that are there now. Each goes to the handler that it names,
   * with the identity that it had; one that is given up again becomes another, for the next time.
   *
   * @throws EventyError as {@link run} does; HANDLER_FAILED also for a dead letter whose handler is not there any more
   */
  async replayDeadLetters({ signal }: RunOptions = {}): Promise<void> {
    const { service, handlers, store } = this.#options;
    const group = replayGroup(service, handlers);
    await this.#ensureTopics(group.topics);
    const ends = await endsOf(store, service.topics.deadLetters);
    // Where the groups begin says nothing of dead letters.
    await this.#run([group], { ...this.#options, start: "BEGIN", signal, ends, toEnd: true });
  }

  /**
   * Emits records outside of handlers, all or none, as {@link emitInto} does.
   *
   * @returns the records, when they are durable
   */
  async emit(...drafts: readonly OutputDraft[]): Promise<readonly EventyRecord[]> {
    await this.#ensureTopics([]);
    return emitInto(this.#options.store, this.#environment, drafts);
  }

  async #run(groups: readonly Group[], options: GroupsOptions): Promise<void> {
    if (groups.length === 0) throw new EventyError("INVALID_ARGUMENT", "the App has no handlers to run");
    await this.#ensureTopics(groups.flatMap(({ topics }) => topics));
    await runGroups(this.#options.store, groups, this.#environment, options);
  }

  /** Has topics created, if it may; else makes sure that those are there that are read. */
  async #ensureTopics(read: readonly string[]): Promise<void> {
    const { store, service, others = [], createTopics } = this.#options;
    if (createTopics === undefined) return ensureTopics(store, read);
    if (this.#topicsAreThere) return;
    const written = [...Object.values(service.topics), ...others.map(({ topics }) => topics.requests)];
    const all = [...this.#groups.flatMap(({ topics }) => topics), ...written];
    await ensureTopics(store, all, createTopics.partitions);
    this.#topicsAreThere = true;
  }
}
