import { Failure } from "../cases/failure.js";
import type { Run, RunEnd, RunEvent, RunEventOf, Wanted } from "../cases/testee.js";
import type { Connection } from "./connection.js";
import { handled } from "./handled.js";
import type { RunJournal } from "./run-journal.js";

/** How long a run may take that does say something, as a multiple of how long it may be silent. */
const LONGEST_WAIT = 6;

/** A run of a process, as a case sees it. */
export class TesteeRun implements Run {
  readonly #connection: Connection;
  readonly #journal: RunJournal;
  readonly #given = new Set<RunEvent>();

  constructor(connection: Connection, journal: RunJournal) {
    this.#connection = connection;
    this.#journal = journal;
  }

  get id(): string {
    return this.#journal.id;
  }

  get events(): readonly RunEvent[] {
    return this.#journal.events;
  }

  get isActive(): boolean {
    return this.#journal.isActive;
  }

  next<Kind extends RunEvent["case"]>(
    kind: Kind,
    predicate: Wanted<RunEventOf<Kind>> = () => true,
  ): Promise<RunEventOf<Kind>> {
    let looked = 0;
    const what = [`the event \`${kind}\``, predicate.what ?? []].flat().join(" ");
    const event = this.#wait(what, () => {
      for (; looked < this.events.length; looked++) {
        const event = this.events[looked];
        if (event?.case !== kind || this.#given.has(event)) continue;
        const value = event.value as RunEventOf<Kind>;
        if (!predicate(value)) continue;
        this.#given.add(event);
        return value;
      }
      const { end } = this.#journal;
      if (end === undefined) return undefined;
      const how = end.case === "fatal" ? `with an error: ${end.value.message}` : "in order";
      throw new Failure("RUN-ENDED", `the run ended ${how}, before ${what} that was to come`, {
        history: this.#connection.exchanges.lines,
      });
    });
    return handled(event);
  }

  ended(): Promise<RunEnd> {
    return handled(this.#ended());
  }

  async release(gate: string, { once = false }: { readonly once?: boolean } = {}): Promise<void> {
    await this.#command({ case: "release", value: { gate, once } });
  }

  stop(): Promise<RunEnd> {
    return handled(this.#stop());
  }

  async #ended(): Promise<RunEnd> {
    try {
      return await this.#wait("the end of the run", () => this.#journal.end);
    } catch (error) {
      if (this.#connection.hasEnded) return { case: "killed" };
      throw error;
    }
  }

  async #stop(): Promise<RunEnd> {
    await this.#command({ case: "stopRun", value: { run: this.id } });
    return this.#ended();
  }

  async #command(command: Parameters<Connection["call"]>[0]): Promise<void> {
    const reply = await this.#connection.call(command);
    if (reply.case !== "failed") return;
    throw new Failure("REFUSED", `refused \`${command.case}\``, { actual: reply.value.message });
  }

  async #wait<T>(what: string, look: () => T | undefined): Promise<T> {
    const { silence } = this.#connection;
    const limitMs = LONGEST_WAIT * silence.timeoutMs;
    const unexpect = silence.expect(what);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#journal.wake();
    }, limitMs);
    try {
      return await this.#journal.until(() => {
        const seen = look();
        if (seen === undefined && isLate) {
          throw new Failure("TIMED-OUT", `${what} did not come within ${limitMs / 1000} s`, {
            history: this.#connection.exchanges.lines,
          });
        }
        return seen;
      });
    } finally {
      clearTimeout(timer);
      unexpect();
    }
  }
}
