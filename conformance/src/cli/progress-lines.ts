import pc from "picocolors";
import { statusOf } from "../report/status.js";
import type { ProgressDisplay } from "./progress-display.js";
import { STATUS_STYLE } from "./status-style.js";

/** Shows a run as one line for each finished case. */
export function progressLines(): ProgressDisplay {
  return {
    shown: Promise.resolve(),
    observer: {
      progress: () => {},
      finished: (result) => {
        const [style, word] = STATUS_STYLE[statusOf(result)];
        const time = pc.dim(`${(result.durationMs / 1000).toFixed(2)} s`);
        print(`${style(word)} ${result.case.id} ${result.anomaly ?? ""} ${time}`.replaceAll("  ", " "));
      },
    },
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
