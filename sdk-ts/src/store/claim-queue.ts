import { EventyError } from "../record/index.js";
import type { Claim } from "./claim.js";

/** Claims that were made, and wait for someone to handle them. */
export class ClaimQueue {
  readonly #claims: Claim[] = [];
  #error: EventyError | undefined;
  #ended = false;
  #wake = (): void => undefined;

  async *[Symbol.asyncIterator](): AsyncIterableIterator<Claim> {
    for (;;) {
      const claim = this.#claims.shift();
      if (claim !== undefined) yield claim;
      else if (this.#error !== undefined) throw this.#error;
      else if (this.#ended) return;
      else await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  push(claim: Claim): void {
    this.#claims.push(claim);
    this.#wake();
  }

  /** Ends it with an error, once those before it are taken. */
  fail(error: unknown): void {
    this.#error ??= EventyError.from(error, "STORE_FAILED");
    this.#wake();
  }

  /** Ends it. Those that nobody has taken are released. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#wake();
    await Promise.all(this.#claims.splice(0).map((claim) => claim.release()));
  }
}
