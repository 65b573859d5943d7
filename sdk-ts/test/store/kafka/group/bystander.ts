import type { Participant } from "../../../../src/store/kafka/group/membership.js";

/** Reads no topic, and does nothing about what it hears. */
export const bystander: Participant = {
  topics: [],
  held: [],
  assigned: () => undefined,
  lost: () => undefined,
  failed: () => undefined,
};
