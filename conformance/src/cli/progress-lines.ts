import pc from "picocolors";
import { type Status, statusOf } from "../report/status.js";
import type { ProgressDisplay } from "./progress-display.js";
import { STATUS_STYLE } from "./status-style.js";

/** What needs no line of its own. */
const UNREMARKABLE: ReadonlySet<Status> = new Set(["pass", "skipped"]);

const STEPS = 10;

/** Shows a run as lines: one for each case that needs attention, and how far the run is. */
export function progressLines(total: number): ProgressDisplay {
  let done = 0;
  return {
    shown: Promise.resolve(),
    observer: {
      progress: () => {},
      finished: (result) => {
        const status = statusOf(result);
        const [style, word] = STATUS_STYLE[status];
        if (!UNREMARKABLE.has(status))
          print(`${style(word)} ${result.case.id} ${result.anomaly ?? ""}`.trimEnd());
        const before = step(done++, total);
        if (step(done, total) > before) print(pc.dim(`${done} of ${total} cases`));
      },
    },
  };
}

function step(done: number, total: number): number {
  return Math.floor((done / total) * STEPS);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
