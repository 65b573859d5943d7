import type { Guarantee } from "@eventy/sdk/processing";
import { type MutateParts, withHandlers } from "./parts.js";

/** Handles records with another guarantee than is asked for. */
export function instead(asked: Guarantee, given: Guarantee): MutateParts {
  return withHandlers((handler) =>
    handler.guarantee === asked ? { ...handler, guarantee: given } : handler,
  );
}
