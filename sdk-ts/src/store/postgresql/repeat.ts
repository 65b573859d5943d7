import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "../waiting/backoff.js";
import { isToBeRepeated } from "./errors.js";

/** A transaction that loses that often against others in a row meets something else than chance. */
const MOST_TIMES = 20;

/** Runs a transaction again that the database ended for the sake of another one. */
export async function repeated<T>(job: () => Promise<T>): Promise<T> {
  const backoff = new Backoff();
  for (let time = 1; ; time++) {
    try {
      return await job();
    } catch (error) {
      if (time === MOST_TIMES || !isToBeRepeated(error)) throw error;
      await sleep(backoff.next());
    }
  }
}
