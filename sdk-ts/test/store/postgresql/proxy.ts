import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * What happens to a connection at a statement: it is cut before that reaches the server, or before the answer
 * comes back; or nothing goes either way any more, and both ends stay open.
 */
export type Fault = "cut before" | "cut after" | "hang before" | "hang after";

/** Stands between a store and its server. */
export interface FaultyProxy {
  readonly url: string;
  /** Strikes at the next statement that holds a text. Default: COMMIT. @returns resolves when it has */
  strike(fault: Fault, statement?: string): Promise<void>;
  cutAll(): void;
  /** Lets nothing through any more on the connections that there are; both ends stay open. */
  muteAll(): void;
  /** Refuses new connections, or lets them through again. */
  refuse(on: boolean): void;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<FaultyProxy> {
  const { hostname, port } = new URL(target);
  const connections = new Map<Socket, { mute: boolean }>();
  let armed: { fault: Fault; statement: string; struck: () => void } | undefined;
  let refusing = false;

  const server = createServer((client) => {
    if (refusing) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(port), hostname);
    const state = { mute: false };
    connections.set(client, state);
    let cutAtAnswer = false;
    const cut = (): void => {
      connections.delete(client);
      for (const socket of [client, upstream]) socket.destroy();
    };
    for (const socket of [client, upstream]) socket.on("error", cut).on("close", cut);
    client.on("data", (bytes) => {
      if (state.mute) return;
      if (armed !== undefined && bytes.includes(armed.statement)) {
        const { fault, struck } = armed;
        armed = undefined;
        struck();
        state.mute = fault.startsWith("hang");
        cutAtAnswer = fault === "cut after";
        if (fault === "cut before") return cut();
        if (fault === "hang before") return;
      }
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      if (cutAtAnswer) cut();
      else if (!state.mute) client.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);

  const cutAll = (): void => {
    for (const client of connections.keys()) client.destroy();
  };
  return {
    url: url.href,
    strike: (fault, statement = "COMMIT\0") =>
      new Promise((struck) => {
        armed = { fault, statement, struck };
      }),
    cutAll,
    muteAll: () => {
      for (const state of connections.values()) state.mute = true;
    },
    refuse: (on) => {
      refusing = on;
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      cutAll();
      await closed;
    },
  };
}
