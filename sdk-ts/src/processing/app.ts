import { PROCESSING } from "../gen/constants.js";
import { EventyError, type EventyRecord } from "../record/index.js";
import type { RecordStore } from "../store/index.js";
import { Activity } from "./activity.js";
import { isDuration, LONGEST_MS } from "./duration.js";
import { emitInto } from "./emit-into.js";
import { type Environment, type EnvironmentOptions, environmentOf } from "./environment.js";
import { type Group, groupsOf } from "./groups.js";
import type { Handler } from "./handler.js";
import type { OutputDraft } from "./output-draft.js";
import type { ClaimOptions } from "./run-claim.js";
import { type GroupOptions, type RunningGroup, runGroup } from "./run-group.js";
import type { Service } from "./service.js";
import { ensureTopics } from "./topics.js";
import { untilEnd } from "./until-end.js";

/** What an {@link App} is made of. */
export interface AppOptions extends EnvironmentOptions, GroupOptions {
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
 * It is made of public parts: {@link groupsOf}, `store.join`, {@link runGroup}, {@link emitInto}.
 *
 * @example
 * const app = new App({ service: orders, store, handlers: [placeOrder] });
 * await app.run({ signal });
 */
export class App {
  readonly #store: RecordStore;
  readonly #environment: Environment;
  readonly #groups: readonly Group[];
  readonly #options: AppOptions & Required<ClaimOptions>;

  /** @throws EventyError INVALID_ARGUMENT for options that contradict one another or are out of range */
  constructor(options: AppOptions) {
    const { drainTimeoutMs = 30_000 } = options;
    if (!isDuration(drainTimeoutMs)) {
      throw new EventyError("INVALID_ARGUMENT", `drainTimeoutMs is not between 0 and ${LONGEST_MS}`);
    }
    this.#store = options.store;
    this.#environment = environmentOf(options);
    this.#groups = groupsOf(options.service, options.handlers);
    this.#options = { batch: {}, crashLimit: PROCESSING.crashLimit, ...options, drainTimeoutMs };
  }

  /**
   * Handles records, until the signal aborts or every group has stopped.
   *
   * @throws EventyError when all groups have ended, that of the first one that stopped: HANDLER_FAILED, mostly
   */
  run(options: RunOptions = {}): Promise<void> {
    return this.#run(options, allEnded);
  }

  /**
   * Handles records, until everything that the topics hold is handled, what is emitted meanwhile included.
   *
   * @throws EventyError as {@link run} does
   */
  runToEnd(options: RunOptions = {}): Promise<void> {
    return this.#run(options, untilEnd);
  }

  /** Emits records outside of handlers, as {@link emitInto} does. */
  async emit(...drafts: readonly OutputDraft[]): Promise<readonly EventyRecord[]> {
    await this.#ensureTopics();
    return emitInto(this.#store, this.#environment, drafts);
  }

  async #run(
    { signal }: RunOptions,
    until: (groups: readonly RunningGroup[], activity: Activity) => Promise<void>,
  ): Promise<void> {
    if (this.#groups.length === 0)
      throw new EventyError("INVALID_ARGUMENT", "the App has no handlers to run");
    await this.#ensureTopics();
    const ending = new AbortController();
    const end = (): void => ending.abort();
    const activity = new Activity();
    const groups: RunningGroup[] = [];
    signal?.addEventListener("abort", end);
    if (signal?.aborted) end();
    try {
      for (const group of this.#groups) {
        groups.push(
          await runGroup(this.#store, group, this.#environment, this.#options, activity, ending.signal),
        );
      }
      await until(groups, activity);
    } finally {
      signal?.removeEventListener("abort", end);
      end();
      await allEnded(groups);
    }
    for (const { ended } of groups) {
      const error = await ended;
      if (error !== undefined) throw error;
    }
  }

  #ensureTopics(): Promise<void> {
    const { service, others = [], createTopics } = this.#options;
    const read = this.#groups.flatMap(({ topics }) => topics);
    if (createTopics === undefined) return ensureTopics(this.#store, new Set(read), undefined);
    const written = [...Object.values(service.topics), ...others.map(({ topics }) => topics.requests)];
    return ensureTopics(this.#store, new Set([...read, ...written]), createTopics.partitions);
  }
}

async function allEnded(groups: readonly RunningGroup[]): Promise<void> {
  await Promise.all(groups.map(({ ended }) => ended));
}
