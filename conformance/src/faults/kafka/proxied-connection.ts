import type { Socket } from "node:net";
import type { ArmedFault } from "../armed-fault.js";
import type { WireRequest } from "../faults.js";
import { PassedConnection } from "../passed-connection.js";
import { type Frame, FrameSplitter } from "./frames.js";
import { parseRequest } from "./requests.js";

/** What a connection hears from its proxy. */
export interface Ways {
  /** Hears of each request and says what strikes it. */
  asked(request: WireRequest): ArmedFault | undefined;
  /** How much later than it came a request is to be passed on, in milliseconds. */
  delayMs(): number;
}

/** A connection of a testee to a Kafka broker. */
export class ProxiedConnection extends PassedConnection<Frame> {
  readonly #ways: Ways;
  #isFirst = true;
  /** What strikes when the broker has replied, by what the reply is known by. */
  readonly #awaited = new Map<number, ArmedFault>();
  /** Settles when all that is delayed was passed on; undefined: nothing is. */
  #late: Promise<void> | undefined;

  constructor(client: Socket, server: Socket, ways: Ways) {
    super(client, server, new FrameSplitter(), new FrameSplitter());
    this.#ways = ways;
  }

  protected override fromClient(frame: Frame): void {
    const delayMs = this.#ways.delayMs();
    if (delayMs === 0 && this.#late === undefined) return void super.fromClient(frame);
    const waited = new Promise((resolve) => setTimeout(resolve, delayMs));
    const late = Promise.all([waited, this.#late]).then(() => {
      if (this.#late === late) this.#late = undefined;
      super.fromClient(frame);
    });
    this.#late = late;
  }

  protected asked({ body }: Frame): ArmedFault | undefined {
    const { correlationId, isUnanswered, ...request } = parseRequest(body, this.#isFirst);
    this.#isFirst = false;
    const fault = this.#ways.asked(request);
    if (fault?.plan.moment !== "after" || isUnanswered) return fault;
    this.#awaited.set(correlationId, fault);
    return undefined;
  }

  protected replied({ body }: Frame): ArmedFault | undefined {
    const correlationId = body.readInt32BE(0);
    const fault = this.#awaited.get(correlationId);
    this.#awaited.delete(correlationId);
    return fault;
  }
}
