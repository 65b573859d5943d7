import type { BindingHost, Place } from "../bindings/host.js";
import type { Need } from "../cases/binding.js";
import type { BoundContext, CaseContext } from "../cases/case.js";
import type { ControlledTestee } from "../cases/testee.js";
import { type Launch, TesteeProcess } from "../testee/testee-process.js";

/** The store and the testees of one try of a case. */
export class Session {
  readonly #place: Place;
  readonly #launch: Launch;
  readonly #testee: TesteeProcess;
  readonly #all: TesteeProcess[];
  #isClosed = false;

  private constructor(place: Place, launch: Launch, testee: TesteeProcess) {
    this.#place = place;
    this.#launch = launch;
    this.#testee = testee;
    this.#all = [testee];
  }

  /**
   * Makes an empty store and starts a testee.
   *
   * @throws AdapterError if the testee cannot be started.
   */
  static async open(host: BindingHost, launch: Launch, needs: readonly Need[]): Promise<Session> {
    const place = await host.open(needs);
    try {
      return new Session(place, launch, await TesteeProcess.start(launch));
    } catch (error) {
      await place.close();
      throw error;
    }
  }

  /** What the case works with. */
  context(more: Omit<CaseContext, "testee">): BoundContext {
    const place = this.#place;
    const killAll = () => this.#killAll();
    const database = place.database?.(killAll);
    const backdoor = place.backdoor?.(killAll);
    return {
      ...more,
      testee: this.#testee,
      binding: place.binding,
      oracle: place.oracle(this.#testee, { killAll, whileStill: (act) => this.#whileStill(act) }),
      get faults() {
        return declared(place.faults, "proxy");
      },
      get server() {
        return declared(place.server, "server");
      },
      get cluster() {
        return declared(place.cluster, "cluster");
      },
      get backdoor() {
        return there(backdoor, "a backdoor");
      },
      get database() {
        return there(database, "a database");
      },
      get kafka() {
        return there(place.kafka, "Kafka");
      },
      spawn: () => this.#spawn(),
    };
  }

  /** The first thing that went wrong with a testee, also if the case did not pass it on. */
  takeFault(): unknown {
    return this.#all.map((testee) => testee.takeFault()).find((fault) => fault !== undefined);
  }

  /** The last commands and replies of all testees. */
  get exchanges(): readonly string[] {
    return this.#all.flatMap((testee, i) =>
      testee.exchanges.map((line) => (this.#all.length > 1 ? `${i + 1} ${line}` : line)),
    );
  }

  /** The last that all testees wrote to standard error. */
  get stderr(): string {
    return this.#all
      .map((testee) => testee.stderr)
      .filter((text) => text !== "")
      .join("\n");
  }

  /** Ends all testees and removes the store. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#all.map((testee) => testee.destroy()));
    await this.#place.close();
  }

  /** Ends all testees at once, so that the case ends soon. */
  interrupt(): void {
    this.#isClosed = true;
    for (const testee of this.#all) void testee.destroy();
  }

  async #spawn(): Promise<ControlledTestee> {
    const testee = await TesteeProcess.start(this.#launch);
    this.#all.push(testee);
    if (this.#isClosed) await testee.destroy();
    return testee;
  }

  /** Has all testees stand still meanwhile. */
  #whileStill<T>(act: () => Promise<T>): Promise<T> {
    const still = this.#all.reduce<() => Promise<T>>((inner, testee) => () => testee.whilePaused(inner), act);
    return still();
  }

  async #killAll(): Promise<void> {
    await Promise.all(this.#all.map((testee) => testee.kill()));
  }
}

function there<T>(part: T | undefined, what: string): T {
  if (part === undefined) throw new Error(`the case uses ${what} on a binding that has none`);
  return part;
}

function declared<T>(part: T | undefined, need: Need): T {
  if (part === undefined) throw new Error(`the case uses a ${need} and does not say that it needs one`);
  return part;
}
