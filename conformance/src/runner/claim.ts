import type { ProfileSummary } from "./profile-summary.js";

/**
 * What an implementation may claim, such as `Eventy 3.5 Codec(json,avro)+Context`; empty if nothing.
 *
 * @param protocolVersion the version of the protocol that was checked, of which major and minor count
 */
export function claimText(protocolVersion: string, profiles: readonly ProfileSummary[]): string {
  const variants = new Map<string, string[]>();
  for (const { profile, conforms } of profiles) {
    if (!conforms) continue;
    const [group = "", variant] = profile.split(".");
    const name = group.charAt(0).toUpperCase() + group.slice(1);
    variants.set(name, [...(variants.get(name) ?? []), ...(variant === undefined ? [] : [variant])]);
  }
  if (variants.size === 0) return "";
  const parts = [...variants].map(([name, of]) => (of.length === 0 ? name : `${name}(${of.join(",")})`));
  const [major, minor] = protocolVersion.split(".");
  return `Eventy ${major}.${minor} ${parts.join("+")}`;
}
