import type { Case } from "../cases/case.js";
import type { ProgressDisplay } from "./progress-display.js";
import { progressLines } from "./progress-lines.js";
import { progressTasks } from "./progress-tasks.js";

/** Shows a run on standard output: as a moving picture on a terminal, else as lines. */
export function progressDisplay(cases: readonly Case[], seed: number): ProgressDisplay {
  const moving = process.stdout.isTTY && process.env["CI"] === undefined;
  process.stdout.write(`${cases.length} cases, seed ${seed}\n`);
  return moving ? progressTasks(cases) : progressLines(cases.length);
}
