import { BINDING_TITLES } from "../cases/binding.js";
import type { ProfileSummary } from "./profile-summary.js";
import type { CaseResult } from "./result.js";
import type { RunBinding } from "./run-binding.js";

/**
 * What an implementation may claim, such as `Eventy 3.5 Codec(json,avro)+Store on SQLite`; empty if nothing.
 *
 * @param protocolVersion the version of the protocol that was checked, of which major and minor count
 * @param binding what cases on stores ran on
 */
export function claimText(
  protocolVersion: string,
  profiles: readonly ProfileSummary[],
  binding?: RunBinding,
): string {
  const variants = new Map<string, string[]>();
  for (const { profile, conforms } of profiles) {
    if (!conforms) continue;
    const [group = "", variant] = profile.split(".");
    const name = group.charAt(0).toUpperCase() + group.slice(1);
    const shown = group === "processing" ? variant?.toUpperCase() : variant;
    variants.set(name, [...(variants.get(name) ?? []), ...(shown === undefined ? [] : [shown])]);
  }
  if (variants.size === 0) return "";
  const parts = [...variants].map(([name, of]) => (of.length === 0 ? name : `${name}(${of.join(",")})`));
  const [major, minor] = protocolVersion.split(".");
  const onStore = profiles.some((one) => one.conforms && one.results.some(isOnStore));
  const where = onStore && binding !== undefined ? ` on ${bindingText(binding)}` : "";
  return `Eventy ${major}.${minor} ${parts.join("+")}${where}`;
}

/** A binding in words, with what weakens what was seen there. */
export function bindingText({ name, isSelfObserved }: RunBinding): string {
  return `${BINDING_TITLES[name]}${isSelfObserved ? " (self-observed)" : ""}`;
}

function isOnStore({ case: { bindings } }: CaseResult): boolean {
  return bindings !== undefined;
}
