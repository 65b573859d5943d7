import { EventyError } from "../../record/index.js";
import type { Transaction } from "../claim.js";
import { within } from "../waiting/deadline.js";
import type { PostgresqlResult, PostgresqlStatement } from "./client.js";
import { sqlState } from "./errors.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";
import { LIMIT_STATEMENTS } from "./statements/connection.js";

/**
 * What the work of a transaction is given by a PostgresqlStore: statements in that transaction.
 *
 * @throws EventyError INVALID_ARGUMENT once the work has ended; STORE_UNAVAILABLE if the connection breaks. Errors of
 * statements are those of the client.
 */
export interface PostgresqlConnection {
  query(statement: string | PostgresqlStatement, values?: readonly unknown[]): Promise<PostgresqlResult>;
}

/**
 * Does the work of a transaction in the one that is open.
 *
 * @throws EventyError LIMIT_EXCEEDED if it takes too long; INVALID_ARGUMENT if it ended the transaction, or ignored
 * that a statement failed; and what the work throws
 */
export async function doWork(
  session: Session,
  work: NonNullable<Transaction["work"]>,
  { statementTimeoutMs, workTimeoutMs }: Settings,
): Promise<void> {
  let open = true;
  const connection: PostgresqlConnection = {
    query: async (statement, values) => {
      if (!open) throw new EventyError("INVALID_ARGUMENT", "The transaction of this connection has ended.");
      const { text, ...rest } = typeof statement === "string" ? { text: statement } : statement;
      return session.executeRaw({ text, ...(values !== undefined && { values }), ...rest });
    },
  };
  const begun = await limitStatements(session, workTimeoutMs);
  try {
    await within(work(connection), workTimeoutMs, () => tooLong(workTimeoutMs));
  } finally {
    open = false;
  }
  if ((await limitStatements(session, statementTimeoutMs)) !== begun) {
    throw new EventyError(
      "INVALID_ARGUMENT",
      "The work of a transaction ended it: it must neither commit nor roll back.",
    );
  }
}

async function limitStatements(session: Session, milliseconds: number): Promise<string | undefined> {
  try {
    const [row] = await session.query<{ id: string }>({ ...LIMIT_STATEMENTS, values: [milliseconds] });
    return row?.id;
  } catch (error) {
    if (!(error instanceof EventyError) || sqlState(error.cause) !== "25P02") throw error;
    throw new EventyError(
      "INVALID_ARGUMENT",
      "A statement of the work of a transaction failed, and the work ignored it: nothing was written.",
      { cause: error.cause },
    );
  }
}

function tooLong(milliseconds: number): EventyError {
  return new EventyError(
    "LIMIT_EXCEEDED",
    `The work of a transaction took longer than ${milliseconds} ms: nothing was written.`,
  );
}
