// Checks the packages as a user gets them: packs each, lints the tarball, resolves its types, and imports
// every export and starts every program from an installation that has only the declared dependencies.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packedPackage } from "../lib/packed-package.mjs";
import { root } from "../lib/root.mjs";
import { capture } from "../lib/run.mjs";

/** @typedef {import("../lib/packed-package.mjs").PackedPackage} PackedPackage */

/**
 * What each program is to do from an installation, which shows that all the files that it needs are packed.
 *
 * @type {Record<string, string[][]>}
 */
const trials = {
  "eventy-conformance": [["list"], ["run", "--testee", "typescript", "--case", "codec.json.decode.plain-*"]],
};

const folder = mkdtempSync(join(tmpdir(), "eventy-packages-"));
try {
  for (const workspace of ["sdk-ts", "conformance"]) await check(await packedPackage(workspace, folder));
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {PackedPackage} packed */
async function check({ tarball, home, installed, manifest }) {
  const specifiers = Object.keys(manifest.exports ?? {})
    .filter((path) => path !== "./package.json")
    .map((path) => manifest.name + path.slice(1));

  await expectSuccess(`publint of ${manifest.name}`, "node_modules/publint/src/cli.js", [
    "--strict",
    tarball,
  ]);
  if (specifiers.length > 0) {
    await expectSuccess(`attw of ${manifest.name}`, "node_modules/@arethetypeswrong/cli/dist/index.js", [
      tarball,
      "--profile=esm-only",
      "--no-color",
    ]);
    await expectSuccess(`types of ${manifest.name}`, "node_modules/typescript/bin/tsc", [
      "-p",
      typeProject(home, specifiers),
    ]);
  }
  for (const specifier of specifiers) {
    const script = `if (Object.keys(await import(${JSON.stringify(specifier)})).length === 0) throw new Error("exports nothing")`;
    await expectSuccess(`import of ${specifier}`, "--input-type=module", ["-e", script], home);
  }
  for (const [name, path] of Object.entries(manifest.bin ?? {})) {
    for (const args of [["--help"], ...(trials[name] ?? [])])
      await expectSuccess(`${name} ${args.join(" ")}`, join(installed, path), args, home);
  }
}

/**
 * A project that imports everything and checks the declarations themselves, as a strict user's would.
 *
 * @param {string} home
 * @param {readonly string[]} specifiers
 */
function typeProject(home, specifiers) {
  const imports = specifiers.map((specifier, i) => `export * as m${i} from ${JSON.stringify(specifier)};\n`);
  writeFileSync(join(home, "all.mts"), imports.join(""));
  const file = join(home, "tsconfig.json");
  const compilerOptions = {
    module: "nodenext",
    target: "es2023",
    lib: ["es2024"],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  };
  writeFileSync(file, JSON.stringify({ compilerOptions, files: ["all.mts"] }));
  return file;
}

/** @param {string} what @param {string} script @param {readonly string[]} args @param {string} [cwd] */
async function expectSuccess(what, script, args, cwd = root) {
  const { code, output } = await capture(process.execPath, [script, ...args], { cwd });
  if (code === 0) return;
  console.error(`${what} failed:\n${output}`);
  process.exitCode = 1;
}
