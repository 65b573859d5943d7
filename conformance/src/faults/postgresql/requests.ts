import type { RequestKind } from "../faults.js";
import { classify } from "./classify.js";
import { type Frame, textsOf } from "./frames.js";

/** Follows what a client asks on one connection, and knows which of its messages are requests. */
export class Requests {
  readonly #statements = new Map<string, string>();
  readonly #portals = new Map<string, string>();
  #isInBlock = false;
  /** How many replies of the server that end with ReadyForQuery are still to come. */
  #pending = 0;

  get pending(): number {
    return this.#pending;
  }

  /** Takes a message of the client, and says what kind of a request it is, if it is one. */
  sent({ type, body }: Frame): RequestKind | undefined {
    switch (type) {
      case "":
        this.#pending += 1;
        return "startup";
      case "Q":
        this.#pending += 1;
        return this.#execute(textsOf(body, 1)[0]);
      case "P": {
        const [name = "", sql = ""] = textsOf(body, 2);
        this.#statements.set(name, sql);
        return undefined;
      }
      case "B": {
        const [portal = "", name = ""] = textsOf(body, 2);
        this.#portals.set(portal, this.#statements.get(name) ?? "");
        return undefined;
      }
      case "E":
        return this.#execute(this.#portals.get(textsOf(body, 1)[0] ?? ""));
      case "S":
      case "F":
        this.#pending += 1;
        return undefined;
      default:
        return undefined;
    }
  }

  /** Takes ReadyForQuery of the server. */
  ready({ body }: Frame): void {
    this.#pending -= 1;
    // What was sent since is not in the server's status yet.
    if (this.#pending === 0) this.#isInBlock = body.toString("latin1", 0, 1) !== "I";
  }

  #execute(sql = ""): RequestKind {
    const { kind, isInBlock } = classify(sql, this.#isInBlock);
    this.#isInBlock = isInBlock;
    return kind;
  }
}
