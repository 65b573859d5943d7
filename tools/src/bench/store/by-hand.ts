import { jsonCodec } from "@eventy/sdk/codec/json";
import { emitEvent, runInScope } from "@eventy/sdk/context";
import { idempotencyKey } from "@eventy/sdk/processing";
import { type InputSize, takeInputs } from "./input.js";

const codec = jsonCodec();

/**
 * What ours does with the bytes of a record, in plain calls: decode it, emit one event in its scope with a uuid that
 * is the same each time, and encode that.
 *
 * A bare loop that does it, too, shows how much of our time is this, and how much is the running of handlers.
 */
export function handleByHand(input: Uint8Array): Uint8Array {
  const record = codec.decode(input);
  const { source } = record;
  const uuid = idempotencyKey({ source, uuid: record.uuid, group: "by-hand", handler: "by-hand" });
  const draft = { name: "Paid", data: { ...record.data }, uuid };
  return codec.encode(runInScope({ service: "urn:till", record }, () => emitEvent(draft)));
}

/** The bytes of an output, for loops that write as much as ours and make nothing. */
export const anOutput: Uint8Array = outputOf("small");

/** The same, of a record of 1 KiB. */
export const aLargeOutput: Uint8Array = outputOf("large");

function outputOf(size: InputSize): Uint8Array {
  return takeInputs(1, size).map(({ value }) => handleByHand(value))[0] ?? new Uint8Array();
}
