import {
  type PostgresqlClient,
  type PostgresqlResult,
  type PostgresqlStatement,
  PostgresqlStore,
  type PostgresqlStoreOptions,
} from "@eventy/sdk/store/postgresql";
import pg from "pg";
import { Binding } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { override } from "./override.js";
import type { MutateParts } from "./parts.js";

/** Answers a statement in its own way; `run` is what the database answers. */
export type Answer = (
  statement: PostgresqlStatement,
  run: (statement: PostgresqlStatement) => Promise<PostgresqlResult>,
) => Promise<PostgresqlResult>;

const NOTHING: PostgresqlResult = { command: "", rowCount: 1, rows: [] };

/** Has a store in PostgreSQL with other options. */
export function withPostgresql(options: PostgresqlStoreOptions): MutateParts {
  return (parts) => ({
    ...parts,
    openStore: async (open) => {
      if (open.binding !== Binding.POSTGRESQL) return parts.openStore(open);
      const { location, leaseMs } = open;
      const lease = leaseMs === 0 ? {} : { leaseMs };
      return new PostgresqlStore({ connectionString: location, ...lease, ...options });
    },
  });
}

/** Has a store in PostgreSQL whose statements are answered in another way. */
export function withAnswers(answer: Answer): MutateParts {
  return withPostgresql({
    createClient: (settings) => {
      const client = new pg.Client(settings) as PostgresqlClient;
      return override(client, {
        query: (statement) => answer(statement, (other) => client.query(other)),
      });
    },
  });
}

/** Has other statements; null leaves one out, as if it had gone well. Prepared ones keep their names: all are changed alike. */
export function withTexts(change: (text: string) => string | null): MutateParts {
  return withAnswers(async (statement, run) => {
    const text = change(statement.text);
    return text === null ? NOTHING : run({ ...statement, text });
  });
}

/** Has something else in its statements. */
export function rewrites(pattern: string | RegExp, replacement: string): MutateParts {
  return withTexts((text) => text.replaceAll(pattern, replacement));
}

/** Leaves out statements whose text matches. */
export function leavesOut(pattern: RegExp): MutateParts {
  return withTexts((text) => (pattern.test(text) ? null : text));
}

/** Renews no lease after its members have joined. */
export function renewsOnlyAtFirst(): MutateParts {
  const renewed = new Set<unknown>();
  return withAnswers(async (statement, run) => {
    if (!statement.text.includes("INTO eventy_member")) return run(statement);
    const [member] = statement.values ?? [];
    if (renewed.has(member)) return NOTHING;
    renewed.add(member);
    return run(statement);
  });
}
