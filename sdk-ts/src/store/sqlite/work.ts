import { EventyError } from "../../record/index.js";
import type { Transaction } from "../claim.js";
import type { Connection } from "./connection.js";
import { WorkFailure } from "./errors.js";
import { WorkConnection } from "./work-connection.js";

/**
 * Does the work of a transaction in the transaction that is open. The store waits meanwhile, so its time is limited.
 *
 * @throws WorkFailure
 */
export async function doWork(
  { database, file }: Connection,
  work: NonNullable<Transaction["work"]>,
  timeoutMs: number,
): Promise<void> {
  const connection = new WorkConnection(database, file);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLong(timeoutMs)), timeoutMs);
  });
  try {
    await Promise.race([work(connection), late]);
    if (!database.inTransaction) {
      throw new EventyError(
        "INVALID_ARGUMENT",
        "The work of a transaction ended it: it must neither commit nor roll back.",
      );
    }
  } catch (error) {
    throw new WorkFailure(error);
  } finally {
    clearTimeout(timer);
    connection.end();
  }
}

function tooLong(timeoutMs: number): EventyError {
  return new EventyError(
    "LIMIT_EXCEEDED",
    `The work of a transaction took longer than ${timeoutMs} ms: nothing was written.`,
  );
}
