import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Reader } from "./reader.js";
import { ConnectionLost, type Request } from "./request.js";
import { Writer } from "./writer.js";

/** How long a broker may take to answer: nothing is asked that waits for something. */
const LIMIT_MS = 30_000;

interface Pending {
  readonly resolve: (reader: Reader) => void;
  readonly reject: (error: Error) => void;
}

/** A connection of the suite to a broker, without a retry of any kind. */
export class Connection {
  readonly #socket: Socket;
  readonly #pending = new Map<number, Pending>();
  #received = Buffer.alloc(0);
  #correlationId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("error", () => {});
    socket.on("close", () => {
      for (const { reject } of this.#pending.values()) reject(new ConnectionLost("the connection is closed"));
      this.#pending.clear();
    });
  }

  /** @throws ConnectionLost if nobody listens there. */
  static async open(host: string, port: number): Promise<Connection> {
    const socket = connect({ host, port, noDelay: true });
    try {
      await once(socket, "connect");
    } catch (cause) {
      throw new ConnectionLost(`nobody listens at ${host}:${port}`, { cause });
    }
    return new Connection(socket);
  }

  get isOpen(): boolean {
    return this.#socket.writable;
  }

  /** @throws ConnectionLost, BrokerError */
  async ask<T>(request: Request<T>): Promise<T> {
    if (!this.isOpen) throw new ConnectionLost("the connection is closed");
    const correlationId = this.#correlationId++;
    const body = new Writer();
    body.int16(request.key).int16(request.version).int32(correlationId).string("eventy-conformance");
    if (request.isFlexible) body.noTags();
    request.write(body);
    const { bytes } = body;
    const response = new Promise<Reader>((resolve, reject) => {
      this.#pending.set(correlationId, { resolve, reject });
    });
    this.#socket.write(new Writer().int32(bytes.length).raw(bytes).bytes);
    const timer = setTimeout(() => this.close(), LIMIT_MS);
    try {
      const reader = await response;
      if (request.isFlexible) reader.tags();
      return request.read(reader);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 4) {
      const size = this.#received.readUInt32BE(0) + 4;
      if (this.#received.length < size) return;
      const reader = new Reader(this.#received.subarray(0, size), 4);
      this.#received = this.#received.subarray(size);
      const correlationId = reader.int32();
      this.#pending.get(correlationId)?.resolve(reader);
      this.#pending.delete(correlationId);
    }
  }
}
