/**
 * What a lock file says of the packages that this machine installs.
 *
 * Left out are optional packages for other platforms: npm writes down those that the registry happens to
 * have, so two machines may write different lock files for the same manifests.
 *
 * @param {string | null} text the lock file
 * @param {{ platform: string, arch: string }} machine
 * @returns {string}
 */
export function lockedHere(text, { platform, arch } = process) {
  if (text === null) return "";
  const lock = JSON.parse(text);
  const here = Object.entries(lock.packages ?? {}).filter(
    ([, { optional, os, cpu }]) => !optional || (fits(os, platform) && fits(cpu, arch)),
  );
  return JSON.stringify({ ...lock, packages: Object.fromEntries(here) });
}

/** @param {string[] | undefined} allowed @param {string} name */
function fits(allowed, name) {
  return allowed === undefined || allowed.includes(name);
}
