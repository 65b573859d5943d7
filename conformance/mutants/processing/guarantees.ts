import { atLeastOnce, atMostOnce, type Guarantee } from "@eventy/sdk/processing";
import { type MutateParts, withHandlers } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of section 5.4: what each guarantee gives. */
export const guaranteeMutants: readonly StoreMutant[] = [
  ...misprocessing("PRC-016", {
    "acknowledges before at-least-once handlers ran": instead(atLeastOnce, atMostOnce),
  }),
  ...misprocessing("PRC-025", {
    "acknowledges after at-most-once handlers ran": instead(atMostOnce, atLeastOnce),
  }),
];

/** Handles records that are asked for with one guarantee with another one. */
function instead(asked: Guarantee, given: Guarantee): MutateParts {
  return withHandlers((handler) =>
    handler.guarantee === asked ? { ...handler, guarantee: given } : handler,
  );
}
