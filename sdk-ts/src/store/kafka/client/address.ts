import { EventyError } from "../../../record/index.js";

/** Where a broker listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** @throws EventyError INVALID_ARGUMENT if a text is not `host:port` or `[IPv6]:port` */
export function addressOf(text: string): Address {
  const [, ipv6, name, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = ipv6 ?? name;
  const port = Number(digits);
  if (host === undefined || port > 65_535) {
    throw new EventyError(
      "INVALID_ARGUMENT",
      `A broker has to be such as kafka.example:9092: ${JSON.stringify(text)}.`,
    );
  }
  return { host, port };
}

/** The address in the words of messages; it stands for the address in maps too. */
export function addressText({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
