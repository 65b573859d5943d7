import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type IReporterOutput } from "dependency-cruiser";
import { afterEach, beforeEach, expect, test } from "vitest";
import config from "../../../.dependency-cruiser.mjs";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eventy-layers-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ["sdk-ts/src/record/a.ts", "sdk-ts/src/codec/b.ts", "layers: record imports what is below it"],
  ["sdk-ts/src/gen/a.ts", "sdk-ts/src/record/b.ts", "layers: gen imports what is below it"],
  ["sdk-ts/src/context/a.ts", "sdk-ts/src/codec/b.ts", "layers: context imports what is below it"],
  ["sdk-ts/src/codec/a.ts", "sdk-ts/src/context/b.ts", "layers: codec imports what is below it"],
  ["sdk-ts/src/codec/a.ts", "sdk-ts/src/index.ts", "layers: codec imports what is below it"],
  ["sdk-ts/src/newcomer/a.ts", "sdk-ts/src/record/b.ts", "layers: every folder of the SDK has a floor"],
  ["sdk-ts/src/record/a.ts", "tools/src/b.ts", "the SDK imports neither suite nor tools"],
  ["conformance/src/a.ts", "sdk-ts/dist/index.js", "the suite judges from outside: it never imports the SDK"],
  [
    "conformance/src/a.ts",
    "conformance/mutants/b.ts",
    "the suite judges from outside: it never imports the SDK",
  ],
  ["tools/src/a.ts", "tools/test/b.ts", "sources import no tests"],
])("%s may not import %s", async (from, to, rule) => {
  write(from, to);
  expect(await brokenRules()).toEqual([rule]);
});

test.each([
  ["sdk-ts/src/codec/a.ts", "sdk-ts/src/record/b.ts"],
  ["sdk-ts/src/context/a.ts", "sdk-ts/src/gen/b.ts"],
  ["sdk-ts/src/index.ts", "sdk-ts/src/context/b.ts"],
  ["conformance/testees/typescript/a.ts", "sdk-ts/dist/index.js"],
  ["conformance/mutants/a.ts", "sdk-ts/dist/index.js"],
])("%s may import %s", async (from, to) => {
  write(from, to);
  expect(await brokenRules()).toEqual([]);
});

test("a cycle is found", async () => {
  write("tools/src/a.ts", "tools/src/b.ts");
  writeFileSync(join(folder, "tools/src/b.ts"), 'export * from "./a.js";\n');
  expect(new Set(await brokenRules())).toEqual(new Set(["no cycles"]));
});

/** Writes two files, the first of which imports the second. */
function write(from: string, to: string): void {
  for (const file of [from, to]) mkdirSync(dirname(join(folder, file)), { recursive: true });
  const path = `${"../".repeat(from.split("/").length - 1)}${to.replace(/\.ts$/, ".js")}`;
  writeFileSync(join(folder, from), `export * from ${JSON.stringify(path)};\n`);
  writeFileSync(join(folder, to), "export const a = 1;\n");
}

async function brokenRules(): Promise<string[]> {
  const { tsConfig: _, ...options } = config.options ?? {};
  const ruleSet = { forbidden: config.forbidden ?? [] };
  const result: IReporterOutput = await cruise(["."], {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet,
  });
  if (typeof result.output === "string") throw new Error(result.output);
  return result.output.summary.violations.map(({ rule }) => rule.name);
}
