import type { Socket } from "node:net";
import type { ArmedFault } from "../armed-fault.js";
import type { RequestKind, WireRequest } from "../faults.js";
import { PassedConnection } from "../passed-connection.js";
import { type Frame, FrameSplitter } from "./frames.js";
import { Requests } from "./requests.js";

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;

/** A connection of a testee to a PostgreSQL server. */
export class ProxiedConnection extends PassedConnection<Frame> {
  /** Hears of each request and says what strikes it. */
  readonly #asked: (request: WireRequest) => ArmedFault | undefined;
  readonly #fromClient: FrameSplitter;
  readonly #requests = new Requests();
  /** What strikes when the server has replied, and how many other replies come before. */
  #awaited: { readonly fault: ArmedFault; readonly kind: RequestKind; before: number } | undefined;

  constructor(client: Socket, server: Socket, asked: (request: WireRequest) => ArmedFault | undefined) {
    const fromClient = new FrameSplitter(false);
    super(client, server, fromClient, new FrameSplitter(true));
    this.#fromClient = fromClient;
    this.#asked = asked;
  }

  protected override fromClient(frame: Frame): void {
    if (frame.type === "") {
      const code = frame.body.readUInt32BE(0);
      // No encryption: the client goes on without.
      if (code === SSL_REQUEST || code === GSS_REQUEST) return void this.answer("N");
      this.#fromClient.expectTyped();
      if (code === CANCEL_REQUEST) return void this.forward(frame);
    }
    super.fromClient(frame);
  }

  protected asked(frame: Frame): ArmedFault | undefined {
    const before = this.#requests.pending;
    const kind = this.#requests.sent(frame);
    const fault = kind && this.#asked({ kinds: [kind] });
    if (kind === undefined || fault?.plan.moment !== "after") return fault;
    this.#awaited = { fault, kind, before };
    return undefined;
  }

  protected replied(frame: Frame): ArmedFault | "withheld" | undefined {
    if (frame.type === "Z") this.#requests.ready(frame);
    const awaited = this.#awaited;
    if (awaited === undefined) return undefined;
    if (awaited.before > 0) {
      if (frame.type === "Z") awaited.before -= 1;
      return undefined;
    }
    if (!isOutcome(frame, awaited.kind)) return "withheld";
    this.#awaited = undefined;
    return awaited.fault;
  }
}

/** Whether the server has said with this message what became of a request. */
function isOutcome({ type, body }: Frame, kind: RequestKind): boolean {
  if (type === "Z") return true;
  return (
    type === "C" && kind === "commit" && /^(COMMIT|ROLLBACK|PREPARE)/.test(body.toString("latin1", 0, 8))
  );
}
