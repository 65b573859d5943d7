import { type History, type Look, prefixOf, type Rule } from "../../checker/index.js";
import type { StoredRecord } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import type { Backdoor } from "../backdoor.js";
import type { BoundContext } from "../case.js";
import type { Parameter } from "../database.js";
import { Failure, NotFired } from "../failure.js";
import type { ControlledTestee, Run, RunEnd } from "../testee.js";
import { type Blame, GUARANTEES, mustHold } from "./blame.js";
import { createTopic, type ToWrite, write } from "./command.js";
import { Course } from "./course.js";
import { type Plan, SERVICE } from "./plan.js";
import { type Seen, takeSnapshot } from "./snapshot.js";
import { Testees } from "./testees.js";
import { SOURCE, stored } from "./ticks.js";

/** How a scenario begins. */
export interface ScenarioOptions {
  /** Partitions of each topic. Default: 1. */
  readonly partitions?: number;
  /** How long a process that is not heard of keeps its partitions. Default: as the testee likes. */
  readonly leaseMs?: number;
  /** Services whose topics are needed besides those of the source and of the service that runs. */
  readonly others?: readonly string[];
}

/** One test of a service: its topics, its runs, and the looks of the oracle; judged by the checker. */
export class Scenario {
  readonly context: BoundContext;
  readonly #testees: Testees;
  readonly #topics = new Map<string, number>();
  readonly #course = new Course();

  private constructor(context: BoundContext, { leaseMs }: ScenarioOptions) {
    this.context = context;
    this.#testees = new Testees(context, leaseMs);
  }

  /** Opens the store and creates the topics. */
  static async begin(context: BoundContext, options: ScenarioOptions = {}): Promise<Scenario> {
    const scenario = new Scenario(context, options);
    const testee = await scenario.opened(context.testee);
    for (const service of [SERVICE, SOURCE, ...(options.others ?? [])]) {
      for (const suffix of ["events", "requests", "responses", "dead-letters"]) {
        const topic = `${prefixOf(service)}-${suffix}`;
        await createTopic(testee, topic, options.partitions ?? 1);
        scenario.#topics.set(topic, options.partitions ?? 1);
      }
    }
    return scenario;
  }

  /** A testee whose present process has the store open. */
  opened(testee: ControlledTestee = this.context.testee): Promise<ControlledTestee> {
    return this.#testees.opened(testee);
  }

  /** A further testee on the same store, which goes past the proxy. */
  another(): Promise<ControlledTestee> {
    return this.#testees.another();
  }

  /** Stops a testee where it is: to all others it is as dead. */
  pause(testee: ControlledTestee = this.context.testee): void {
    this.#testees.pause(testee);
  }

  /** Lets it go on. */
  resume(testee: ControlledTestee = this.context.testee): void {
    this.#testees.resume(testee);
  }

  /** Changes the database of the store. On SQLite this kills the testees. */
  async change(sql: string, parameters: readonly Parameter[] = []): Promise<void> {
    const { binding, database } = this.context;
    await database.run(sql, parameters);
    if (binding.name === "sqlite") this.#testees.ended();
  }

  /** Changes the store past the testees. On SQLite this kills them. */
  async behind(change: (backdoor: Backdoor) => Promise<void>): Promise<void> {
    const { binding, backdoor } = this.context;
    await change(backdoor);
    if (binding.name === "sqlite") this.#testees.ended();
  }

  /** Appends records to their topics. */
  async write(records: readonly NeutralRecord[]): Promise<readonly StoredRecord[]> {
    return this.writeBytes(records.map(stored));
  }

  /** Appends records by another testee than that of the case. */
  async writeBy(testee: ControlledTestee, records: readonly NeutralRecord[]): Promise<void> {
    await write(await this.opened(testee), records.map(stored));
  }

  /** Appends whatever it is. */
  async writeBytes(records: readonly ToWrite[]): Promise<readonly StoredRecord[]> {
    if (records.length === 0) return [];
    return write(await this.opened(), records);
  }

  /** Runs the service, until it is told to end. */
  async start(plan: Plan, testee: ControlledTestee = this.context.testee): Promise<Run> {
    const { handlers, ...options } = plan;
    this.#course.begins(plan);
    await this.opened(testee);
    const run = await testee.startRun({ service: SERVICE, handlers: [...handlers], ...options });
    this.#course.runs(run);
    return run;
  }

  /**
   * Runs the service to the end of its topics.
   *
   * @throws Failure if it ends with an error.
   */
  async complete(plan: Plan): Promise<Run> {
    const run = await this.start({ ...plan, untilEnd: true });
    await this.endInOrder(run);
    return run;
  }

  /**
   * Runs the service to the end of its topics, and looks.
   *
   * @param open gates that are open from the beginning
   * @throws Failure if it ends with an error.
   */
  async runToEnd(
    plan: Plan,
    { testee, open = [] }: { testee?: ControlledTestee; open?: readonly string[] } = {},
  ): Promise<void> {
    const run = await this.start({ ...plan, untilEnd: true }, testee);
    for (const gate of open) await run.release(gate);
    await this.endInOrder(run);
    await this.look("the run to the end of the topics ended", { settled: true });
  }

  /**
   * Waits for the end of a run.
   *
   * @throws Failure if it ends with an error.
   */
  async endInOrder(run: Run): Promise<void> {
    const end: RunEnd = await run.ended();
    if (end.case === "done") return;
    const actual = end.case === "fatal" ? end.value.message : end.case;
    throw new Failure("STALLED", "the run did not end in order", { requirement: "PRC-014", actual });
  }

  /** Has a run end, and looks. */
  async stop(run: Run): Promise<void> {
    await run.stop();
    await this.look("the run ended", { settled: true });
  }

  /** Kills a testee at once, and looks. */
  async kill(why: string, testee: ControlledTestee = this.context.testee): Promise<void> {
    await testee.kill();
    this.#testees.ended(testee);
    await this.look(`the process was killed ${why}`, { killed: true });
  }

  /** Waits until a testee has ended by itself, and looks. */
  async died(testee: ControlledTestee = this.context.testee): Promise<void> {
    await testee.died();
    this.#testees.ended(testee);
    await this.look("the process ended itself", { killed: true });
  }

  /** Looks at everything that is committed. On SQLite this kills the testees. */
  async look(after: string, changes: Partial<Pick<Look, "killed" | "settled">> = {}): Promise<Look> {
    const { binding, oracle } = this.context;
    const kills = binding.name === "sqlite";
    const { isActive } = this.#course;
    const before = this.#course.heard();
    const snapshot = await takeSnapshot(oracle, this.#seen());
    if (!kills) await this.#catchUp();
    const heard = this.#course.heard();
    const look = this.#course.looked({
      snapshot,
      after,
      before: kills ? heard : before,
      heard,
      killed: (kills && isActive) || changes.killed === true,
      settled: changes.settled ?? false,
    });
    if (kills) this.#testees.ended();
    return look;
  }

  /**
   * Judges what was heard and seen so far.
   *
   * @param rules what must hold
   * @throws Failure with what is wrong first, and the part of the history that shows it.
   */
  judge(blame: Blame = {}, rules: ReadonlySet<Rule> = GUARANTEES): void {
    mustHold(this.history(), blame, rules);
  }

  /** What was heard and seen so far. */
  history(): History {
    return this.#course.history();
  }

  /** The numbers of the records with which a handler was called, in the order of the calls. */
  calls(handler = "h", run?: Run): readonly string[] {
    return this.#course.calls(handler, run);
  }

  /**
   * Checks that a fault had something to bite: the record was given to the handler more than once.
   *
   * @throws NotFired if it was not.
   */
  witnessRedelivery(n: number, handler = "h"): void {
    if (this.calls(handler).filter((call) => call === String(n)).length > 1) return;
    throw new NotFired(`record ${n} was handled once only: nothing was in hand when the fault came`);
  }

  #seen(): Seen {
    return { service: SERVICE, topics: this.#topics, handlers: this.#course.handlers };
  }

  /** Has all testees say what happened before now: their replies come in order. One that stands still says nothing. */
  async #catchUp(): Promise<void> {
    const group = prefixOf(SERVICE);
    const topic = `${group}-events`;
    await Promise.all(
      this.#testees
        .awake()
        .map((testee) => testee.call({ case: "acknowledged", value: { group, topic, partition: 0 } })),
    );
  }
}
