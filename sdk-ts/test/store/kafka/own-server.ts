import { type OwnServer, startServer } from "../own-server.js";

/** What a cluster of one's own may be asked for: the options of the suite's `startKafka`. */
interface Options {
  readonly brokers?: number;
  readonly users?: readonly { readonly name: string; readonly password: string }[];
  readonly settings?: Readonly<Record<string, string | number>>;
}

interface Facts {
  /** `host:port` of each broker, for whoever comes. */
  readonly brokers: readonly string[];
  /** `secure`: with TLS, for users. */
  readonly addresses: { readonly secure: readonly string[] };
  /** The certificate of who signed those of the brokers. */
  readonly authority: string;
}

/** A cluster of a test's own, whose nodes are its brokers. */
export type OwnKafka = OwnServer & Facts;

export function startKafka(options: Options = {}): Promise<OwnKafka> {
  return startServer<Facts>({
    module: "kafka/start.ts",
    start: "startKafka",
    options,
    facts: ["brokers", "addresses", "authority"],
  });
}
