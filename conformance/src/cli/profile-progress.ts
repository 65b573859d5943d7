import { type Status, statusOf } from "../report/status.js";
import type { CaseResult } from "../runner/result.js";
import { STATUS_STYLE } from "./status-style.js";

type Show = (counts: string, running: string) => void;

/** How far the cases of one profile are. */
export class ProfileProgress {
  readonly #total: number;
  readonly #counts = new Map<Status, number>();
  readonly #ended: Promise<void>;
  #end: () => void = () => {};
  #done = 0;
  #red = false;
  #show: Show = () => {};

  constructor(total: number) {
    this.#total = total;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /**
   * Shows each change, until all cases have finished.
   *
   * @throws Error at the end if something unexpected happened, so that the profile is shown as failed.
   */
  async follow(show: Show): Promise<void> {
    this.#show = show;
    this.running("");
    await this.#ended;
    if (this.#red) throw new Error("unexpected results");
  }

  running(what: string): void {
    const counts = [...this.#counts].map(([status, count]) => {
      const [style, word] = STATUS_STYLE[status];
      return style(`${count} ${word.toLowerCase()}`);
    });
    this.#show([`${this.#done}/${this.#total}`, ...counts].join("  "), what);
  }

  finished(result: CaseResult): void {
    const status = statusOf(result);
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
    this.#done += 1;
    this.#red ||= result.unexpected;
    this.running("");
    if (this.#done === this.#total) this.#end();
  }
}
