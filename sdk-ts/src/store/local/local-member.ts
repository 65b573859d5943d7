import { randomUUID } from "node:crypto";
import { EventyError } from "../../record/index.js";
import type { Claim } from "../claim.js";
import type { Member, MemberOptions } from "../member.js";

/** What a member asks of its group. */
interface MemberHost {
  atEnd(): Promise<boolean>;
  leave(member: LocalMember): Promise<void>;
}

/** A member of a group in a store that one process has for itself. */
export class LocalMember implements Member {
  readonly id: string = randomUUID();
  readonly topics: readonly string[];
  readonly options: MemberOptions;
  readonly #group: MemberHost;
  readonly #queue: Claim[] = [];
  #error: EventyError | undefined;
  #ended = false;
  #wake = (): void => undefined;

  constructor(group: MemberHost, options: MemberOptions) {
    this.#group = group;
    this.options = options;
    this.topics = [...new Set(options.topics)];
  }

  async *claims(): AsyncIterableIterator<Claim> {
    for (;;) {
      const claim = this.#queue.shift();
      if (claim !== undefined) yield claim;
      else if (this.#error !== undefined) throw this.#error;
      else if (this.#ended) return;
      else await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  atEnd(): Promise<boolean> {
    return this.#group.atEnd();
  }

  leave(): Promise<void> {
    return this.#group.leave(this);
  }

  /** Hands a partition to the member. */
  give(claim: Claim): void {
    this.#queue.push(claim);
    this.#wake();
  }

  /** Ends the claims with an error. */
  fail(error: unknown): void {
    this.#error ??= EventyError.from(error, "STORE_FAILED");
    this.#wake();
  }

  /** Ends the claims. Those that nobody has taken yet are released. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#wake();
    await Promise.all(this.#queue.splice(0).map((claim) => claim.release()));
  }
}
