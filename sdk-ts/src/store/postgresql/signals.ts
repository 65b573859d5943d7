import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "../waiting/backoff.js";
import { Bell } from "../waiting/bell.js";
import { numbers } from "./blob.js";
import type { Session } from "./session.js";
import type { Slot } from "./slot.js";
import { NOTIFY } from "./statements/connection.js";
import { WITH_RECORDS } from "./statements/record.js";
import { WaitingRoom } from "./waiting-room.js";

/** A notification on it names a partition that has new records: `orders-events/3`. */
const RECORDS = "eventy";
/** A notification on it names a group whose members or claims have changed. */
const GROUPS = "eventy_group";
/** A notification has less than 8000 bytes. Of a longer name nobody is told: looking now and then finds it. */
const LONGEST_NAME = 1900;
/** Every notification costs the server and all who listen; that much later, nobody minds. */
const REST_MS = 5;

/**
 * Tells other processes of news, and hears theirs, on a connection of its own. What got lost is found by looking.
 */
export class Signals {
  readonly room: WaitingRoom = new WaitingRoom();
  readonly #slot: Slot;
  readonly #pollMs: number;
  readonly #bell = new Bell();
  readonly #members = new Map<string, Set<() => void>>();
  readonly #news = new Map<string, Set<string>>();
  #listening: Session | undefined;
  #telling: Promise<void> | undefined;
  #watching: Promise<void> | undefined;
  #open = true;

  constructor(slot: Slot, pollMs: number) {
    this.#slot = slot;
    this.#pollMs = pollMs;
  }

  /** Calls a function when the members or claims of a group have changed. @returns ends that */
  onChange(group: string, listener: () => void): () => void {
    const listeners = this.#members.get(group) ?? new Set();
    this.#members.set(group, listeners.add(listener));
    this.#watching ??= this.#watch();
    return () => listeners.delete(listener);
  }

  /** There are new records: to be said after they were committed. */
  tellRecords(names: Iterable<string>): void {
    for (const name of names) {
      this.room.wake(name);
      this.#tell(RECORDS, name);
    }
  }

  tellGroup(group: string): void {
    for (const listener of this.#members.get(group) ?? []) listener();
    this.#tell(GROUPS, group);
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#bell.ring();
    await this.#watching;
    await this.#telling;
    await this.#slot.close();
  }

  #tell(channel: string, name: string): void {
    if (name.length > LONGEST_NAME) return;
    const names = this.#news.get(channel) ?? new Set();
    this.#news.set(channel, names.add(name));
    this.#telling ??= this.#tellAll();
  }

  /** Sends what there is at once, and then rests: the more there is to say, the more fits in a statement. */
  async #tellAll(): Promise<void> {
    try {
      for (let [next] = this.#news; next !== undefined; [next] = this.#news) {
        const [channel, names] = next;
        this.#news.delete(channel);
        await this.#slot.use((session) => session.query({ ...NOTIFY, values: [channel, [...names]] }));
        if (this.#open) await sleep(REST_MS);
      }
    } catch {
      // Nobody hears of it, so they find it by looking.
      this.#news.clear();
    } finally {
      this.#telling = undefined;
    }
  }

  async #watch(): Promise<void> {
    const backoff = new Backoff();
    while (this.#open) {
      let wait = this.#pollMs;
      try {
        await this.#slot.use((session) => this.#look(session));
        backoff.reset();
      } catch {
        // Whatever it is, those who read find it out themselves.
        wait = backoff.next();
      }
      await this.#bell.wait(wait);
    }
  }

  async #look(session: Session): Promise<void> {
    if (this.#listening !== session) await this.#listen(session);
    const { waiters } = this.room;
    if (waiters.length === 0) return;
    const rows = await session.query<{ place: string }>({
      ...WITH_RECORDS,
      values: [
        numbers(waiters.map(({ topicId }) => topicId)),
        numbers(waiters.map(({ partition }) => partition)),
        numbers(waiters.map(({ offset }) => offset)),
      ],
    });
    for (const { place } of rows) waiters[Number(place) - 1]?.wake();
  }

  async #listen(session: Session): Promise<void> {
    session.onNotification((channel, name) => {
      if (channel === RECORDS) this.room.wake(name);
      else for (const listener of this.#members.get(name) ?? []) listener();
    });
    await session.query({ text: `LISTEN ${RECORDS}` });
    await session.query({ text: `LISTEN ${GROUPS}` });
    this.#listening = session;
    session.lost.addEventListener("abort", () => this.#bell.ring());
    for (const listener of [...this.#members.values()].flatMap((set) => [...set])) listener();
  }
}
