import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SqliteStore } from "../src/store/sqlite/index.js";
import { recordsIn } from "./processing/read-all.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The examples of a file, whole programs each. */
function examplesOf(path: string): readonly string[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);
}

// Inside the repository, so that the examples find the packages.
let folder = "";
beforeAll(() => {
  mkdirSync(join(root, ".cache"), { recursive: true });
  folder = mkdtempSync(join(root, ".cache", "readme-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("the example of the README does what it says, and has done it when it is killed", async () => {
  const [example = ""] = examplesOf("README.md");
  writeFileSync(join(folder, "example.ts"), example);

  const lines: string[] = [];
  const program = spawn(process.execPath, ["--import", "tsx", "example.ts"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface(program.stdout)) {
    lines.push(line);
    program.kill("SIGKILL");
  }

  const store = new SqliteStore(join(folder, "shop.db"));
  const events = await recordsIn(store, "orders-events");
  await store.close();
  expect(lines).toEqual(["order 42 is paid"]);
  expect(events.map(({ name, data }) => [name, data]).toSorted()).toEqual([
    ["OrderPaid", { order: 42 }],
    ["OrderPlaced", { order: 42 }],
  ]);
  expect(new Set(events.map(({ correlationId }) => correlationId)).size).toBe(1);
});

test("the examples of the READMEs type-check", () => {
  const files = ["README.md", "sdk-ts/README.md"].flatMap(examplesOf).map((code, index) => {
    const file = join(folder, `checked-${index}.ts`);
    writeFileSync(file, code);
    return file;
  });

  const options =
    "--noEmit --ignoreConfig --strict --skipLibCheck --target es2023 --module nodenext --types node";
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [compiler, ...options.split(" "), ...files], {
    cwd: root,
    stdio: "inherit",
  });
});
