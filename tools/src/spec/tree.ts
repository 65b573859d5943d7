import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CaseEntry } from "./check-cases.js";
import { type Chapter, parseChapter } from "./parse-chapter.js";

const INDEX = "spec/requirements.json";
/** The command line of the conformance suite. */
export const SUITE = "conformance/bin/eventy-conformance.js";

/** Reads the chapters of the spec, `NN-name.md` and those of the bindings, in order. */
export function readChapters(root: string): readonly Chapter[] {
  const spec = join(root, "spec");
  return ["", "bindings/"]
    .filter((folder) => existsSync(join(spec, folder)))
    .flatMap((folder) =>
      readdirSync(join(spec, folder))
        .sort()
        .map((name) => folder + name),
    )
    .filter((file) => /^(\d\d-|bindings\/)[^/]+\.md$/.test(file))
    .map((file) => parseChapter(file, readFileSync(join(spec, file), "utf8")));
}

/** The ids that the index of the spec holds now; none if there is no index yet. */
export function readIndexedIds(root: string): readonly string[] {
  const index = readText(root, INDEX);
  return index === null ? [] : (JSON.parse(index) as { id: string }[]).map(({ id }) => id);
}

/** The cases of the conformance suite, or null if it does not run; what it says is on standard error. */
export function listCases(root: string): readonly CaseEntry[] | null {
  const { status, stdout } = spawnSync(process.execPath, [join(root, SUITE), "list", "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 26,
  });
  return status === 0 ? (JSON.parse(stdout) as CaseEntry[]) : null;
}

/** The text of a file, or null if there is none. */
export function readText(root: string, path: string): string | null {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : null;
}
