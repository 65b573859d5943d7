import type { RunEvent, Wanted } from "../testee.js";
import { numberOf } from "./ticks.js";

/** An event that tells of a delivery. */
interface Called {
  readonly delivery?: { readonly uuid: string; readonly handler: string } | undefined;
}

/** Whether a delivery is of a record of a number: for `run.next`. */
export function of(n: number, handler = "h"): Wanted<Called> {
  const isIt = ({ delivery }: Called): boolean =>
    delivery?.handler === handler && numberOf(delivery.uuid) === n;
  return Object.assign(isIt, { what: `of record ${n} in ${handler}` });
}

/** The numbers of the records with which a handler was called in a run. */
export function callsOf(events: readonly RunEvent[], handler: string): readonly string[] {
  return events.flatMap((event) => {
    if (event.case !== "invoked" || event.value.delivery?.handler !== handler) return [];
    return [String(numberOf(event.value.delivery.uuid))];
  });
}
