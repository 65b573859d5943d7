import type { BindingName } from "../binding.js";
import type { BoundCase } from "../case.js";
import { type Definition, store } from "../store/define.js";

/** The binding that these cases are about. */
export const KAFKA: readonly BindingName[] = ["kafka"];

/** A case of the store on Kafka. */
export function kafka(definition: Omit<Definition, "bindings">): BoundCase {
  return store({ ...definition, name: `kafka.${definition.name}`, bindings: KAFKA });
}
