import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../testee/package-root.js";

/** The lines of a file of JSON Lines below `golden`. */
export function loadGolden<Line>(path: string): readonly Line[] {
  const text = readFileSync(join(PACKAGE_ROOT, "golden", path), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line): Line => JSON.parse(line));
}
