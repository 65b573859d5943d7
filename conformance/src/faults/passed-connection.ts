import type { Socket } from "node:net";
import type { ArmedFault } from "./armed-fault.js";
import type { Passed } from "./gateway.js";

/** One message, as it was sent. */
export interface Message {
  /** All of it. */
  readonly bytes: Buffer;
}

/** Cuts one direction of a connection into messages. */
export interface Splitter<M extends Message> {
  /** Takes the next bytes and yields the messages that they complete. */
  push(chunk: Buffer): Iterable<M>;
}

/** A connection of a testee, passed on message by message, on which faults strike. */
export abstract class PassedConnection<M extends Message> implements Passed {
  readonly #client: Socket;
  readonly #server: Socket;
  /** Messages of the client that are not passed on yet; undefined: they are at once. */
  #held: M[] | undefined;
  /** Messages of the server that are not passed on yet; undefined: they are at once. */
  #withheld: M[] | undefined;

  constructor(client: Socket, server: Socket, fromClient: Splitter<M>, fromServer: Splitter<M>) {
    this.#client = client;
    this.#server = server;
    client.on("data", (chunk: Buffer) => {
      for (const message of fromClient.push(chunk)) this.fromClient(message);
      if (server.writableNeedDrain) client.pause();
    });
    server.on("data", (chunk: Buffer) => {
      for (const message of fromServer.push(chunk)) this.#fromServer(message);
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

  cut(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  /** Takes a message of the client. */
  protected fromClient(message: M): void {
    if (this.#held) this.#held.push(message);
    else this.#ask(message);
  }

  /** Sends something to the client at once. */
  protected answer(bytes: string): void {
    this.#client.write(bytes);
  }

  /** Sends a message to the server at once, whatever is held. */
  protected forward({ bytes }: M): void {
    this.#server.write(bytes);
  }

  /** Hears of a message to the server, and says what strikes it before it is forwarded. */
  protected abstract asked(message: M): ArmedFault | undefined;

  /**
   * Hears of a message of the server.
   *
   * @returns whether it is withheld with all that follows, or what strikes when it is; undefined: it goes on
   */
  protected abstract replied(message: M): ArmedFault | "withheld" | undefined;

  #ask(message: M): void {
    const fault = this.asked(message);
    if (fault === undefined) return void this.forward(message);
    this.#held = [];
    fault.strike({ cut: () => this.cut(), proceed: () => this.#goOn(message) });
  }

  #goOn(first: M): void {
    const rest = this.#held ?? [];
    this.#held = undefined;
    this.forward(first);
    for (const message of rest) this.fromClient(message);
  }

  #fromServer(message: M): void {
    const struck = this.replied(message);
    if (struck !== undefined) this.#withheld ??= [];
    if (this.#withheld === undefined) return void this.#client.write(message.bytes);
    this.#withheld.push(message);
    if (struck === undefined || struck === "withheld") return;
    struck.strike({ cut: () => this.cut(), proceed: () => this.#reply() });
  }

  #reply(): void {
    for (const { bytes } of this.#withheld ?? []) this.#client.write(bytes);
    this.#withheld = undefined;
  }
}
