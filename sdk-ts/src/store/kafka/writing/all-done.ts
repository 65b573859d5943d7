import { EventyError } from "../../../record/index.js";

/** Waits for all of them, whatever the others do. Of several errors, one that says FENCED is thrown. */
export async function allDone(promises: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(promises);
  const errors: unknown[] = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason] : [],
  );
  if (errors.length === 0) return;
  throw errors.find((error) => error instanceof EventyError && error.code === "FENCED") ?? errors[0];
}
