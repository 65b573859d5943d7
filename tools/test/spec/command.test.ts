import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { spec } from "../../src/spec/command.js";

const CHAPTER = "# 2. X\n\n> **REC-001** A **MUST**.\n>\n> `profile: codec · since: 3.5.0 · test: case`\n";

let root = "";

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  root = mkdtempSync(join(tmpdir(), "eventy-spec-"));
  put("package.json", '{"type":"module"}');
  put("conformance/src/gen/requirements.ts", "");
  put("spec/README.md", "MUST");
  put("spec/02-x.md", CHAPTER);
  putCases([{ id: "a.b", title: "A", requirements: ["REC-001"] }]);
});

afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function putCases(cases: readonly unknown[]): void {
  put("conformance/bin/eventy-conformance.js", `console.log(${JSON.stringify(JSON.stringify(cases))});`);
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

test("what is written is fresh", () => {
  expect(spec(root, false)).toEqual([]);
  expect(spec(root, true)).toEqual([]);

  expect(JSON.parse(read("spec/requirements.json"))).toMatchObject([{ id: "REC-001", test: "case" }]);
  expect(read("conformance/src/gen/requirements.ts")).toContain('"id":"REC-001"');
  expect(read("spec/matrix.md")).toContain("| [REC-001](02-x.md?plain=1#L3) | MUST | codec | `a.b` |");
});

test("a check writes nothing and names what is stale", () => {
  spec(root, false);
  put("spec/02-x.md", CHAPTER.replace("A **MUST**", "B **MUST**"));
  const before = read("spec/requirements.json");

  expect(spec(root, true).map(({ where }) => where)).toEqual([
    "spec/requirements.json",
    "conformance/src/gen/requirements.ts",
  ]);
  expect(read("spec/requirements.json")).toBe(before);
});

test("a problem of form leaves the files alone", () => {
  spec(root, false);
  const before = read("spec/requirements.json");
  put("spec/02-x.md", CHAPTER.replace("REC-001", "REC-002"));

  expect(spec(root, false)).toMatchObject([{ where: "spec/requirements.json" }]);
  expect(read("spec/requirements.json")).toBe(before);
});

test("a check fails for a MUST without a case, and for a suite that does not run", () => {
  putCases([]);
  spec(root, false);
  expect(spec(root, true)).toMatchObject([{ where: "spec/02-x.md:3" }]);

  put("conformance/bin/eventy-conformance.js", "process.exit(3);");
  expect(spec(root, false)).toMatchObject([{ where: "conformance/bin/eventy-conformance.js" }]);
});
