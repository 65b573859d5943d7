import { EventyError } from "../record/index.js";
import type { NewRecord } from "../store/index.js";
import { deadLetterOf } from "./dead-letter.js";
import type { Delivery, Tried } from "./delivery.js";
import type { BoundHandler } from "./groups.js";
import type { Failure } from "./hooks.js";
import type { Job } from "./job.js";
import type { Origin } from "./origin.js";
import type { LastResort } from "./policy.js";

/** What hooks and dead letters say of a delivery that failed. */
export function failureOf(
  { stored, origin }: Delivery,
  handler: BoundHandler | null,
  { attempts, error }: Tried,
): Failure {
  return { group: origin.group, handler: handler?.id ?? null, stored, attempts, error };
}

/** The dead letter of a record that comes from a place. */
export function letterOf(failure: Failure, origin: Origin, { environment }: Job): NewRecord {
  const { service, now } = environment;
  return deadLetterOf(failure, service.topics.deadLetters, origin, now());
}

/** Tells who wants to know that a record was given up. */
export function reportGivenUp(failure: Failure, resort: LastResort, { environment: { hooks } }: Job): void {
  if (resort === "deadLetter") hooks.onDeadLetter?.(failure);
  else hooks.onSkipped?.(failure);
}

/** The error that stops a group. */
export function stopError(failure: Failure, { place }: Delivery): EventyError {
  const { group, handler, error } = failure;
  const [code, what] =
    handler === null ? [error.code, "a record that cannot be read"] : (["HANDLER_FAILED", handler] as const);
  return new EventyError(code, `${what} stops group ${group} in ${place}: ${error.message}`, {
    cause: handler === null ? error : (error.cause ?? error),
  });
}
