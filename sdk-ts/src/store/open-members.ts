import { EventyError } from "../record/index.js";
import type { Member } from "./member.js";

/** A member that its store ends with itself. */
export interface OwnMember extends Member {
  /** Joins the group. */
  join(): Promise<void>;
  /** Leaves, and waits for nobody to give back what they have. */
  close(): Promise<void>;
}

/** The members of a store that have not left, until it is closed. */
export class OpenMembers {
  readonly #members = new Set<OwnMember>();
  #isClosed = false;

  /**
   * Makes a member that joins its group.
   *
   * @param make Given what the member calls when it has left.
   * @throws EventyError STORE_FAILED if the store is closed; what keeps the member from joining
   */
  async join(make: (hasLeft: () => void) => OwnMember): Promise<Member> {
    if (this.#isClosed) throw new EventyError("STORE_FAILED", "The store is closed.");
    const member = make(() => this.#members.delete(member));
    this.#members.add(member);
    try {
      await member.join();
    } catch (error) {
      await member.leave();
      throw error;
    }
    return member;
  }

  /** Closes all members, and lets nobody join any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#members].map((member) => member.close()));
  }
}
