import { type OwnServer, startServer } from "../own-server.js";

interface Facts {
  readonly url: string;
}

export type OwnPostgresql = OwnServer & Facts;

export function startPostgresql(
  settings: Readonly<Record<string, string | number>> = {},
): Promise<OwnPostgresql> {
  return startServer<Facts>({
    module: "postgresql.ts",
    start: "startPostgresql",
    options: { settings },
    facts: ["url"],
  });
}
