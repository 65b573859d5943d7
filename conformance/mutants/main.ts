// `npm run mutants`: shows that the cases of each requirement notice when it is broken.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import pc from "picocolors";
import { cases } from "../src/cases/index.js";
import { integer, names } from "../src/cli/parse.js";
import { problemsOf } from "../src/mutation/gaps.js";
import { type Fate, hunt, together } from "../src/mutation/hunt.js";
import { inProcessArena } from "../src/mutation/in-process-arena.js";
import { type Broken, nameOf } from "../src/mutation/mutant.js";
import { jsonMatrix, markdownMatrix, summaryOf, weaknesses } from "../src/mutation/report.js";
import { globPattern } from "../src/runner/glob.js";
import { randomSeed } from "../src/runner/seed.js";
import { answer } from "../testees/typescript/answer.js";
import { huntProcesses } from "./hunt-processes.js";
import { mutants } from "./mutants.js";
import { storeMutants } from "./store-mutants.js";
import { without } from "./without.js";

interface Options {
  readonly requirement?: readonly string[];
  readonly mutant?: readonly string[];
  readonly seed?: number;
  readonly runs: number;
  readonly report: string;
}

const INT32_MAX = 2 ** 31 - 1;

await new Command("mutants")
  .description("Breaks the SDK in one way after the other, and checks that the suite notices each.")
  .option("-q, --requirement <ids>", "only mutants of these requirements: globs, such as REC-*", names)
  .option("-m, --mutant <globs>", "only mutants whose requirement and description match", names)
  .option("-s, --seed <integer>", "seed of everything random", integer(-INT32_MAX, INT32_MAX))
  .option("-n, --runs <number>", "how many times each property is tried", integer(1, 1_000_000), 25)
  .option("-r, --report <folder>", "where the kill matrix is written", "report")
  .action(run)
  .parseAsync();

async function run({ requirement, mutant, seed = randomSeed(), runs, report }: Options): Promise<void> {
  const isChosen = (one: Broken): boolean =>
    matches(requirement, one.requirement) && matches(mutant, nameOf(one));
  const [chosen, processes] = [mutants.filter(isChosen), storeMutants.filter(isChosen)];
  const count = chosen.length + processes.length;
  console.log(`${count} mutants, seed ${seed}`);
  const arena = inProcessArena(answer, { seed, runs });
  const result = together([
    await hunt({ mutants: chosen, cases, arena, parallel: 1, observe: show }),
    ...(await huntProcesses(processes, { seed, runs }, show)),
  ]);
  const all = [...mutants, ...storeMutants];
  const problems = [...weaknesses(result), ...(count === all.length ? problemsOf(all, without) : [])];

  mkdirSync(report, { recursive: true });
  writeFileSync(join(report, "mutants.json"), jsonMatrix(result, problems));
  writeFileSync(join(report, "mutants.md"), markdownMatrix(result, problems));

  for (const line of problems) console.log(`${pc.red("✗")} ${line}`);
  console.log(`${summaryOf(result)}; matrix in ${join(report, "mutants.md")}`);
  process.exitCode = problems.length === 0 && count > 0 ? 0 : 1;
}

function matches(globs: readonly string[] | undefined, text: string): boolean {
  return globs === undefined || globs.some((glob) => globPattern(glob).test(text));
}

function show({ mutant, killedBy, finding }: Fate): void {
  const mark = killedBy === undefined ? pc.red("survives") : pc.green("killed");
  const by = killedBy === undefined ? "" : pc.dim(` by ${killedBy.id} (${finding?.anomaly})`);
  console.log(`${mutant.requirement} ${mark} ${mutant.what}${by}`);
}
