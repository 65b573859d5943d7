import { hash } from "node:crypto";
import { PROCESSING } from "../gen/constants.js";
import type { Position } from "../store/index.js";

const NAMESPACE = Buffer.from(PROCESSING.uuidNamespace.replaceAll("-", ""), "hex");
/** Most names fit behind the namespace in here, and need no memory of their own. */
const HASHED = Buffer.concat([NAMESPACE], 1024);
/** The most bytes that a character of a text has in UTF-8. */
const UTF8_BYTES = 3;

/** A text with its length in front: no two lists of texts look the same, one behind the other. */
function netstring(text: string): string {
  return `${Buffer.byteLength(text)}:${text},`;
}

/** What identifies the delivery of a record to a handler, whenever and wherever it happens. */
export interface DeliveryIdentity {
  readonly source: string;
  readonly uuid: string;
  readonly group: string;
  readonly handler: string;
}

/** The name that the uuids of a delivery begin with. */
export function deliveryName({ source, uuid, group, handler }: DeliveryIdentity): string {
  return netstring(source) + netstring(uuid) + netstring(group) + netstring(handler);
}

/** The idempotency key of a delivery. */
export function idempotencyKey(identity: DeliveryIdentity): string {
  return uuidOfName(deliveryName(identity));
}

/**
 * The uuid of an output: the same one whenever the handler emits the same for the same record, so that
 * consumers can tell repetitions.
 *
 * @param delivery What {@link deliveryName} gives.
 * @param index Counts the outputs of that qualified name from 0.
 */
export function outputUuid(delivery: string, qualifiedName: string, index: number): string {
  return uuidOfName(delivery + netstring(qualifiedName) + netstring(String(index)));
}

/** The uuid of a record of protocol 1 or 2 that has none: made of its place, since two may have the same bytes (PRC-046). */
export function uuidOfPlace({ topic, partition, offset }: Position): string {
  return uuidOfName(netstring(topic) + netstring(String(partition)) + netstring(String(offset)));
}

/** UUID version 5. The package uuid does the same in eight times the time, which counts for each output. */
function uuidOfName(name: string): string {
  const most = NAMESPACE.length + UTF8_BYTES * name.length;
  const hashed = most <= HASHED.length ? HASHED : Buffer.concat([NAMESPACE], most);
  const length = NAMESPACE.length + hashed.write(name, NAMESPACE.length);
  const digest = hash("sha1", hashed.subarray(0, length), "hex");
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
