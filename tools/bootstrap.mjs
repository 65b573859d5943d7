// Installs packages and builds, each only when needed. Every npm script of the repository begins with it.
// It runs before anything is installed, so it uses nothing but Node.js itself.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildFingerprint, installFingerprint } from "./lib/fingerprint.mjs";
import { lockedHere } from "./lib/lock-file.mjs";
import { nodeVersionProblem, supportedNode } from "./lib/node-version.mjs";
import { withProcessLock } from "./lib/process-lock.mjs";
import { pruneOutputs } from "./lib/prune-outputs.mjs";
import { cache, root, workspaces } from "./lib/root.mjs";
import { run } from "./lib/run.mjs";

const installStamp = join(root, "node_modules", ".eventy-installed");
const buildStamp = join(root, "node_modules", ".eventy-built");
const lockFile = join(root, "package-lock.json");
const installOnly = process.argv.includes("--install-only");

try {
  const problem = nodeVersionProblem(process.version, supportedNode());
  if (problem !== null) throw new Error(problem);
  if (installIsDue() || buildIsDue()) await withProcessLock(join(cache, "bootstrap.lock"), bootstrap);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function bootstrap() {
  // Another process may have done the work while this one waited.
  if (installIsDue()) await install();
  if (buildIsDue()) await build();
}

function installIsDue() {
  return read(installStamp) !== installFingerprint();
}

function buildIsDue() {
  if (installOnly) return false;
  return (
    !workspaces.every((name) => existsSync(join(root, name, "dist"))) ||
    read(buildStamp) !== buildFingerprint()
  );
}

async function install() {
  console.error("Installing packages …");
  const before = read(lockFile);
  // Not `npm ci`: it fails where a registry lacks an optional package of another platform.
  const code = await run("npm", ["install", "--loglevel=error"], { stdoutToStderr: true });
  if (code !== 0) throw new Error("npm install failed: see above.");
  const after = read(lockFile);
  if (lockedHere(after) !== lockedHere(before))
    throw new Error(
      "npm install changed package-lock.json, so the lock file did not fit the package.json files.\n" +
        "Look at `git diff package-lock.json`, commit it if it is right, and run this again.",
    );
  if (before !== null && after !== before) writeFileSync(lockFile, before);
  writeStamp(installStamp, installFingerprint());
}

async function build() {
  console.error("Building …");
  // Taken before the build, so that a change during the build makes the next one due.
  const fingerprint = buildFingerprint();
  pruneOutputs(join(root, "sdk-ts/dist"), join(root, "sdk-ts/src"));
  pruneOutputs(join(root, "conformance/dist"), join(root, "conformance"));
  pruneOutputs(join(root, "tools/dist"), join(root, "tools/src"));
  const code = await run(process.execPath, ["node_modules/typescript/bin/tsc", "-b"], {
    stdoutToStderr: true,
  });
  if (code !== 0) throw new Error("The build failed: see above.");
  writeStamp(buildStamp, fingerprint);
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** @param {string} file @param {string} text */
function writeStamp(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
