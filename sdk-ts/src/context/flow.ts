import { RESERVED_NAMESPACES } from "../gen/constants.js";
import { type Data, EventyError, type EventyRecord, pathOf } from "../record/index.js";

/**
 * How many records the causal chain has before this one.
 *
 * @throws EventyError INVALID_RECORD if the record says it in something else than an integer of 0 or more.
 */
export function hopsOf(record: EventyRecord): number {
  const hops = record.context[RESERVED_NAMESPACES.flow]?.["hops"];
  if (hops === undefined) return 0;
  if ((typeof hops === "bigint" || Number.isInteger(hops)) && Number(hops) >= 0) return Number(hops);
  throw new EventyError("INVALID_RECORD", "is not an integer of 0 or more", {
    path: pathOf(pathOf("context", RESERVED_NAMESPACES.flow), "hops"),
  });
}

/**
 * The part `urn:eventy:flow` of what is emitted while the record is handled.
 *
 * @throws EventyError as {@link hopsOf} does.
 */
export function flowAfter(record: EventyRecord): Data {
  return Object.freeze({ hops: hopsOf(record) + 1, causation_uuid: record.uuid });
}
