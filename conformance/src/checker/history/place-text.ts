import type { Place } from "./history.js";

/** A place, for people. */
export function placeText({ topic, partition, offset }: Place): string {
  return `${topic}/${partition}@${offset}`;
}
