import type { Socket } from "node:net";
import type { ArmedFault } from "../armed-fault.js";
import type { RequestKind } from "../faults.js";
import { type Frame, FrameSplitter } from "./frames.js";
import { Requests } from "./requests.js";

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;

/** A connection of a testee, passed on message by message. */
export class ProxiedConnection {
  readonly #client: Socket;
  readonly #server: Socket;
  /** Hears of each request and says what strikes it. */
  readonly #asked: (kind: RequestKind) => ArmedFault | undefined;
  readonly #requests = new Requests();
  /** Messages of the client that are not passed on yet; undefined: they are at once. */
  #held: Frame[] | undefined;
  /** What strikes when the server has replied, and how many other replies come before. */
  #awaited: { readonly fault: ArmedFault; readonly kind: RequestKind; before: number } | undefined;
  /** Messages of the server that are not passed on yet; undefined: they are at once. */
  #withheld: Frame[] | undefined;

  constructor(client: Socket, server: Socket, asked: (kind: RequestKind) => ArmedFault | undefined) {
    this.#client = client;
    this.#server = server;
    this.#asked = asked;
    const fromClient = new FrameSplitter(false);
    const fromServer = new FrameSplitter(true);
    client.on("data", (chunk: Buffer) => {
      for (const frame of fromClient.push(chunk)) this.#fromClient(frame, fromClient);
      if (server.writableNeedDrain) client.pause();
    });
    server.on("data", (chunk: Buffer) => {
      for (const frame of fromServer.push(chunk)) this.#fromServer(frame);
      if (client.writableNeedDrain) server.pause();
    });
    client.on("drain", () => server.resume());
    server.on("drain", () => client.resume());
    // What breaks one side ends the other; `close` follows.
    for (const side of [client, server]) side.on("error", () => {});
    // What the client sent before it ended still arrives, as without a proxy; what was held does not.
    client.on("close", () => (this.#held === undefined ? server.end() : server.destroy()));
    server.on("close", () => (this.#withheld === undefined ? client.end() : client.destroy()));
  }

  /** Closes both sides at once. */
  cut(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  #fromClient(frame: Frame, splitter: FrameSplitter): void {
    if (frame.type === "") {
      const code = frame.body.readUInt32BE(0);
      // No encryption: the client goes on without.
      if (code === SSL_REQUEST || code === GSS_REQUEST) return void this.#client.write("N");
      splitter.expectTyped();
      if (code === CANCEL_REQUEST) return void this.#server.write(frame.bytes);
    }
    this.#pass(frame);
  }

  #pass(frame: Frame): void {
    if (this.#held) this.#held.push(frame);
    else this.#ask(frame);
  }

  #ask(frame: Frame): void {
    const before = this.#requests.pending;
    const kind = this.#requests.sent(frame);
    const fault = kind && this.#asked(kind);
    if (kind === undefined || fault === undefined) return void this.#server.write(frame.bytes);
    if (fault.plan.moment === "after") {
      this.#awaited = { fault, kind, before };
      this.#server.write(frame.bytes);
      return;
    }
    this.#held = [];
    fault.strike({ cut: () => this.cut(), proceed: () => this.#goOn(frame) });
  }

  #goOn(first: Frame): void {
    const rest = this.#held ?? [];
    this.#held = undefined;
    this.#server.write(first.bytes);
    for (const frame of rest) this.#pass(frame);
  }

  #fromServer(frame: Frame): void {
    if (frame.type === "Z") this.#requests.ready(frame);
    if (this.#withheld) this.#withheld.push(frame);
    else if (this.#awaited?.before === 0) this.#withheld = [frame];
    else {
      if (frame.type === "Z" && this.#awaited) this.#awaited.before -= 1;
      this.#client.write(frame.bytes);
      return;
    }
    if (this.#awaited === undefined || !isOutcome(frame, this.#awaited.kind)) return;
    const { fault } = this.#awaited;
    this.#awaited = undefined;
    fault.strike({ cut: () => this.cut(), proceed: () => this.#reply() });
  }

  #reply(): void {
    for (const { bytes } of this.#withheld ?? []) this.#client.write(bytes);
    this.#withheld = undefined;
  }
}

/** Whether the server has said with this message what became of a request. */
function isOutcome({ type, body }: Frame, kind: RequestKind): boolean {
  if (type === "Z") return true;
  return (
    type === "C" && kind === "commit" && /^(COMMIT|ROLLBACK|PREPARE)/.test(body.toString("latin1", 0, 8))
  );
}
