import type { BindingHost, Lack } from "../bindings/host.js";
import { BINDING_TITLES } from "../cases/binding.js";
import type { BoundCase } from "../cases/case.js";

/** Why a case is skipped that needs capabilities which are not declared; undefined if it is not. */
export function missingCapability(
  needed: readonly string[],
  declared: ReadonlySet<string>,
): string | undefined {
  const missing = needed.filter((capability) => !declared.has(capability));
  return missing.length === 0 ? undefined : `the testee does not declare ${missing.join(", ")}`;
}

/** Why a case on a store is skipped; undefined if it is not. */
export function skipReason(
  one: BoundCase,
  declared: ReadonlySet<string>,
  host: BindingHost | undefined,
): Lack | undefined {
  if (host === undefined) return { reason: "the testee declares no binding" };
  const { bindings, needs = [], capabilities } = one;
  const missing = missingCapability([`binding.${host.name}`, ...capabilities], declared);
  if (missing !== undefined) return { reason: missing };
  if (!bindings.includes(host.name)) return { reason: `not on ${BINDING_TITLES[host.name]}` };
  return needs.map((need) => host.lacks(need)).find((reason) => reason !== undefined);
}
