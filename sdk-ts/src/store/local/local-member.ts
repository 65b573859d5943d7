import { randomUUID } from "node:crypto";
import type { Claim } from "../claim.js";
import { ClaimQueue } from "../claim-queue.js";
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
  readonly #queue = new ClaimQueue();

  constructor(group: MemberHost, options: MemberOptions) {
    this.#group = group;
    this.options = options;
    this.topics = [...new Set(options.topics)];
  }

  async *claims(): AsyncIterableIterator<Claim> {
    yield* this.#queue;
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
  }

  /** Ends the claims with an error. */
  fail(error: unknown): void {
    this.#queue.fail(error);
  }

  /** Ends the claims. Those that nobody has taken yet are released. */
  end(): Promise<void> {
    return this.#queue.end();
  }
}
