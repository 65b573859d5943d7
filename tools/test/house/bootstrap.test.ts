import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildFingerprint, installFingerprint } from "../../lib/fingerprint.mjs";
import { nodeVersionProblem } from "../../lib/node-version.mjs";
import { withProcessLock } from "../../lib/process-lock.mjs";
import { pruneOutputs } from "../../lib/prune-outputs.mjs";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eventy-house-"));
  write("package.json", "package-lock.json", "tsconfig.json", "tsconfig.base.json");
  write("sdk-ts/package.json", "conformance/package.json", "tools/package.json", "sdk-ts/src/record/a.ts");
});

afterEach(() => rmSync(folder, { recursive: true }));

test("the build is due when a source changes, comes or goes", () => {
  const before = buildFingerprint(folder);
  expect(buildFingerprint(folder)).toBe(before);

  utimesSync(join(folder, "sdk-ts/src/record/a.ts"), 1, 1);
  const changed = buildFingerprint(folder);
  write("sdk-ts/src/record/b.ts");
  const added = buildFingerprint(folder);
  rmSync(join(folder, "sdk-ts/src/record/a.ts"));

  expect(new Set([before, changed, added, buildFingerprint(folder)]).size).toBe(4);
});

test("tests and outputs take no part in the build", () => {
  const before = buildFingerprint(folder);
  write("sdk-ts/test/a.test.ts", "sdk-ts/dist/a.d.ts", "sdk-ts/node_modules/a/index.d.ts");
  expect(buildFingerprint(folder)).toBe(before);
});

test("the packages are due when a manifest or the lock file changes", () => {
  const before = installFingerprint(folder);
  writeFileSync(join(folder, "tools/package.json"), "{}");
  expect(installFingerprint(folder)).not.toBe(before);
});

test("outputs without a source are removed", () => {
  write("sdk-ts/dist/record/a.js", "sdk-ts/dist/record/gone.d.ts.map", "sdk-ts/dist/gone/a.js");

  pruneOutputs(join(folder, "sdk-ts/dist"), join(folder, "sdk-ts/src"));

  expect(readTree("sdk-ts/dist")).toEqual(["record", "record/a.js"]);
});

test("one lock lets one action in at a time, and outlives no owner", async () => {
  const lock = join(folder, "lock");
  const pidOfNobody = 2 ** 22 + 1;
  writeFileSync(lock, String(pidOfNobody));
  let inside = 0;
  let most = 0;
  async function action() {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
  }

  await Promise.all([withProcessLock(lock, action), withProcessLock(lock, action)]);

  expect(most).toBe(1);
});

test.each(["v18.20.4", "v20.18.9"])("Node.js %s is refused", (version) => {
  expect(nodeVersionProblem(version, ">=20.19")).toContain(`20.19 or later, and this is ${version}`);
});

test.each(["v20.19.0", "v22.0.0"])("Node.js %s is accepted", (version) => {
  expect(nodeVersionProblem(version, ">=20.19")).toBeNull();
});

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "");
  }
}

function readTree(path: string): string[] {
  return readdirSync(join(folder, path), { recursive: true, encoding: "utf8" }).sort();
}
