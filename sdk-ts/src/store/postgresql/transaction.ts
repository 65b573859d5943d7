import { outcomeUnknown } from "./errors.js";
import type { Session } from "./session.js";
import { BEGIN, COMMIT, ROLLBACK } from "./statements/connection.js";

/**
 * Runs statements in a transaction.
 *
 * @throws EventyError OUTCOME_UNKNOWN if the connection broke when the end had been asked for; STORE_UNAVAILABLE if it
 * broke before, and nothing is there; what `body` throws
 */
export async function transaction<T>(session: Session, body: () => Promise<T>): Promise<T> {
  await session.query(BEGIN);
  let result: T;
  try {
    result = await body();
  } catch (error) {
    await rollBack(session);
    throw error;
  }
  await commit(session);
  return result;
}

async function commit(session: Session): Promise<void> {
  try {
    await session.query(COMMIT);
  } catch (error) {
    throw session.lost.aborted ? outcomeUnknown(session.where, error) : error;
  }
}

async function rollBack(session: Session): Promise<void> {
  if (session.lost.aborted) return;
  // A connection in an unknown state is of no use.
  await session.query(ROLLBACK).catch(() => session.close());
}
