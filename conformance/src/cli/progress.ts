import type { Case } from "../cases/case.js";
import type { RunObserver } from "../runner/run.js";
import { progressLines } from "./progress-lines.js";
import { progressTasks } from "./progress-tasks.js";

/** Shows a run while it goes on. */
export interface ProgressDisplay {
  readonly observer: RunObserver;
  /** Settles when the last case has finished and been shown. */
  readonly shown: Promise<void>;
}

/** Shows a run on standard output: as a moving picture on a terminal, else a line for each case. */
export function progressDisplay(cases: readonly Case[], seed: number): ProgressDisplay {
  const moving = process.stdout.isTTY && process.env["CI"] === undefined;
  process.stdout.write(`${cases.length} cases, seed ${seed}\n`);
  return moving ? progressTasks(cases) : progressLines();
}
