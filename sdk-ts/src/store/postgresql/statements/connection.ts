import type { PostgresqlStatement } from "../client.js";
import { prepared } from "./statement.js";

/**
 * What a connection begins with, whatever the defaults of server, database and user are. $1: milliseconds that a
 * statement may take; $2: those that a transaction may wait for its client; $3: the schema or null.
 */
export const SET_UP: PostgresqlStatement = {
  text: `SELECT set_config('statement_timeout', $1, false),
    set_config('idle_in_transaction_session_timeout', $2, false),
    set_config('tcp_user_timeout', $2, false),
    set_config('application_name',
      CASE WHEN current_setting('application_name') LIKE 'eventy%' THEN current_setting('application_name')
      ELSE 'eventy' END, false),
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('synchronous_commit',
      CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END,
      false),
    set_config('search_path',
      concat_ws(', ', quote_ident($3::text), nullif(current_setting('search_path'), '')), false)`,
};

export const BEGIN: PostgresqlStatement = { text: "BEGIN" };

export const COMMIT: PostgresqlStatement = { text: "COMMIT" };

export const ROLLBACK: PostgresqlStatement = { text: "ROLLBACK" };

/** Has statements of this transaction take at most $1 milliseconds, and tells which transaction it is. */
export const LIMIT_STATEMENTS: PostgresqlStatement = prepared(
  "limit_statements",
  "SELECT set_config('statement_timeout', $1, true), pg_current_xact_id()::text AS id",
);

/** Ends the sessions $1, if they are of this protocol, and waits $2 milliseconds for each to be gone. */
export const END_SESSIONS: PostgresqlStatement = prepared(
  "end_sessions",
  `SELECT pg_terminate_backend(pid, $2) FROM pg_stat_activity
  WHERE pid = ANY($1::int[]) AND pid <> pg_backend_pid() AND application_name LIKE 'eventy%'`,
);

/** The bytes of "eventy": whoever makes tables or topics holds this lock. */
export const LOCK_SCHEMA: PostgresqlStatement = { text: "SELECT pg_advisory_xact_lock(111559182283897)" };

export const SCHEMA_EXISTS: PostgresqlStatement = {
  text: "SELECT to_regnamespace(quote_ident($1)) IS NOT NULL AS found",
};

export const TABLES_EXIST: PostgresqlStatement = {
  text: "SELECT to_regclass(coalesce(quote_ident($1) || '.', '') || 'eventy_schema') IS NOT NULL AS found",
};

/** Tells those who listen on channel $1 each of $2. */
export const NOTIFY: PostgresqlStatement = prepared(
  "notify",
  "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload",
);
