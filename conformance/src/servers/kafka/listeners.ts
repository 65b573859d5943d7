import { freePort } from "../port.js";
import type { Settings } from "./settings.js";

/** A host and a port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where a broker listens, on 127.0.0.1. */
export interface Ports {
  readonly controller: number;
  /** Tells clients this address: for other brokers, and for clients that nothing stands before. */
  readonly direct: number;
  /** Tells clients the address of a proxy. */
  readonly proxied?: number;
  /** With TLS, a name and a password. */
  readonly secure?: number;
}

/** The addresses of a cluster, one for each broker. */
export interface Addresses {
  /** Listeners that tell clients these same addresses. They neither encrypt nor ask who a client is. */
  readonly direct: readonly string[];
  /** Where the listeners really are that tell clients the addresses of proxies. */
  readonly proxied: readonly string[];
  /** Listeners with TLS that ask for a name and a password: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512. */
  readonly secure: readonly string[];
}

const HOST = "127.0.0.1";

/** Ports that nothing listens on. */
export async function choosePorts(wish: {
  direct?: number;
  isProxied: boolean;
  isSecure: boolean;
}): Promise<Ports> {
  return {
    controller: await freePort(),
    direct: wish.direct ?? (await freePort()),
    ...(wish.isProxied && { proxied: await freePort() }),
    ...(wish.isSecure && { secure: await freePort() }),
  };
}

/** `host:port`. */
export function toText(port: number): string {
  return `${HOST}:${port}`;
}

/** Where clients connect to. */
export function addressesOf(ports: readonly Ports[]): Addresses {
  const used = (name: keyof Ports): readonly string[] =>
    ports.flatMap(({ [name]: port }) => (port === undefined ? [] : [toText(port)]));
  return { direct: used("direct"), proxied: used("proxied"), secure: used("secure") };
}

/** What a broker listens on, and what it tells clients. */
export function listenerSettings(ports: Ports, proxy: Address | undefined): Settings {
  const { controller, direct, proxied, secure } = ports;
  const forClients = { DIRECT: direct, PROXIED: proxied, SECURE: secure };
  const used = Object.entries(forClients).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  const listening = [...used, ["CONTROLLER", controller]].map(([name, port]) => `${name}://${HOST}:${port}`);
  const advertised = used.map(([name, port]) => {
    const address = name === "PROXIED" && proxy !== undefined ? `${proxy.host}:${proxy.port}` : toText(port);
    return `${name}://${address}`;
  });
  return {
    listeners: listening.join(","),
    "advertised.listeners": advertised.join(","),
    "listener.security.protocol.map":
      "CONTROLLER:PLAINTEXT,DIRECT:PLAINTEXT,PROXIED:PLAINTEXT,SECURE:SASL_SSL",
    "inter.broker.listener.name": "DIRECT",
    "controller.listener.names": "CONTROLLER",
  };
}
