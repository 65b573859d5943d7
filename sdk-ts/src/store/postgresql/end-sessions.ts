import { numbers } from "./blob.js";
import type { Session } from "./session.js";
import { END_SESSIONS } from "./statements/connection.js";

/** How long one that was told to end may take; mostly it is a millisecond. */
const PATIENCE_MS = 2000;

/**
 * Ends sessions that are written on no more, and may hold locks, and waits until they are gone.
 *
 * It may lack the right to, or one may not end: then their time-outs end them, and who needs the locks waits for that.
 */
export async function endSessions(session: Session, pids: readonly number[]): Promise<void> {
  if (pids.length === 0) return;
  await session.query({ ...END_SESSIONS, values: [numbers(pids), PATIENCE_MS] }).catch(() => undefined);
}
