import { EXIT_INTERRUPTED } from "./exit-codes.js";

/** A run that can be interrupted. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Leaves signals to others again. */
  dispose(): void;
}

/** Aborts on the first SIGINT or SIGTERM, so that a report is still written, and exits on the second. */
export function abortOnSignals(): Interrupt {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  return {
    signal: controller.signal,
    dispose: () => process.off("SIGINT", interrupt).off("SIGTERM", interrupt),
  };
}
