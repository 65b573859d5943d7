import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { goldenFiles } from "./files.js";

for (const [path, text] of goldenFiles()) {
  const file = join(import.meta.dirname, "..", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${path}: ${text.split("\n").length - 1} lines`);
}
