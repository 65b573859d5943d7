import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, workspaces } from "./root.mjs";

const notSource = new Set(["node_modules", "dist", "test", "golden"]);

/**
 * What the installed packages depend on: every manifest and the lock file, by content.
 *
 * @returns {string}
 */
export function installFingerprint(folder = root) {
  const hash = createHash("sha256");
  for (const file of [
    "package-lock.json",
    "package.json",
    ...workspaces.map((name) => `${name}/package.json`),
  ])
    hash.update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

/**
 * What the build depends on: every source and tsconfig by path, size and time of change, and the packages.
 *
 * @returns {string}
 */
export function buildFingerprint(folder = root) {
  const hash = createHash("sha256").update(installFingerprint(folder));
  const files = [
    "tsconfig.json",
    "tsconfig.base.json",
    ...workspaces.flatMap((name) => sources(folder, name)),
  ];
  for (const file of files) {
    const { mtimeMs, size } = statSync(join(folder, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest("hex");
}

/**
 * The TypeScript files and tsconfigs below a folder that take part in the build.
 *
 * @param {string} base
 * @param {string} folder relative to base
 * @returns {string[]}
 */
function sources(base, folder) {
  if (!existsSync(join(base, folder))) return [];
  return readdirSync(join(base, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return notSource.has(entry.name) ? [] : sources(base, path);
      return /\.ts$|^tsconfig.*\.json$/.test(entry.name) ? [path] : [];
    });
}
