// Checks that every version asked for is exact, that all packages of the repository have one version, and
// that the lock file names no registry.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lockProblems, manifestProblems } from "../lib/manifest-problems.mjs";
import { root, workspaces } from "../lib/root.mjs";

const manifests = ["package.json", ...workspaces.map((name) => `${name}/package.json`)].map((file) => ({
  file,
  manifest: read(file),
}));
const own = manifests.map(({ manifest }) => manifest.name);
const versions = new Set(manifests.flatMap(({ manifest }) => manifest.version ?? []));

const problems = manifests.flatMap(({ file, manifest }) => manifestProblems(file, manifest, own));
problems.push(...lockProblems(read("package-lock.json")));
if (versions.size > 1) problems.push(`The workspaces have different versions: ${[...versions].join(", ")}`);

for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** @param {string} file */
function read(file) {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}
