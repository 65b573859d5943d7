import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

/**
 * Says what is wrong with a version of Node.js, or returns null.
 *
 * @param {string} version such as `v20.19.0`
 * @param {string} range the range of `engines` in package.json, such as `>=20.19`
 * @returns {string | null}
 */
export function nodeVersionProblem(version, range) {
  const [major = 0, minor = 0] = numbers(version);
  const [neededMajor = 0, neededMinor = 0] = numbers(range);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return null;
  return `Eventy needs Node.js ${neededMajor}.${neededMinor} or later, and this is ${version}. Install a newer one and try again.`;
}

/** @returns {string} the range of Node.js versions that the repository supports */
export function supportedNode() {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node;
}

/** @param {string} text */
function numbers(text) {
  return (text.match(/\d+/g) ?? []).map(Number);
}
