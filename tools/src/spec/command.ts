import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { checkCases } from "./check-cases.js";
import { checkIds } from "./check-ids.js";
import { renderJson, renderMatrix, renderTypeScript } from "./render.js";
import type { Problem } from "./requirement.js";
import { listCases, readChapters, readIndexedIds, readText, SUITE } from "./tree.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** `eventy spec`: the index of the spec, and what it has to do with the suite. */
export function specCommand(): Command {
  return new Command("spec")
    .summary("check the chapters of the spec and write their index")
    .description(
      "Checks the form of every requirement in spec/, and writes spec/requirements.json,\n" +
        "conformance/src/gen/requirements.ts and spec/matrix.md (which needs a built suite).",
    )
    .option("--check", "write nothing; fail if a file is stale or a MUST has no case", false)
    .option("--root <folder>", "the repository", ROOT)
    .action(({ check, root }: { check: boolean; root: string }) => {
      const problems = spec(root, check);
      for (const { where, message } of problems) console.error(`${where}: ${message}`);
      if (problems.length > 0) process.exitCode = 1;
      else if (check) console.log("The index of the spec is fresh, and every MUST has a case.");
    });
}

/** Writes or checks everything that is made from the spec in `root`; returns what is wrong with it. */
export function spec(root: string, check: boolean): readonly Problem[] {
  const chapters = readChapters(root);
  const requirements = chapters.flatMap((chapter) => chapter.requirements);
  const problems = [
    ...chapters.flatMap((chapter) => chapter.problems),
    ...checkIds(chapters, readIndexedIds(root)),
  ];
  if (problems.length > 0) return problems;
  const put = check ? staleness : write;
  // The index first: the suite is built with it, and the matrix is asked of the built suite.
  const stale = [
    ...put(root, "spec/requirements.json", renderJson(requirements)),
    ...put(root, "conformance/src/gen/requirements.ts", renderTypeScript(requirements)),
  ];
  const cases = listCases(root);
  if (cases === null)
    return [
      ...stale,
      {
        where: SUITE,
        message: "does not list its cases (see above); if it is not built, npx tsc -b builds it",
      },
    ];
  stale.push(...put(root, "spec/matrix.md", renderMatrix(requirements, cases)));
  return check ? [...stale, ...checkCases(requirements, cases)] : stale;
}

function write(root: string, path: string, content: string): readonly Problem[] {
  if (readText(root, path) === content) return [];
  writeFileSync(join(root, path), content);
  console.log(`wrote ${path}`);
  return [];
}

function staleness(root: string, path: string, content: string): readonly Problem[] {
  return readText(root, path) === content
    ? []
    : [{ where: path, message: "is stale: run `npx eventy spec`" }];
}
