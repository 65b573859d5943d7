import { Failure, Inconclusive } from "../cases/failure.js";
import { AdapterError } from "../testee/adapter-error.js";
import type { Finding } from "./result.js";

/** What a testee leaves behind when a case ends. */
interface Traces {
  readonly exchanges: readonly string[];
  readonly stderr: string;
}

/** What was found, if a case ended with an error. */
export function explain(error: unknown, { exchanges, stderr }: Traces): Finding {
  const root = rootOf(error);
  const shown = { history: exchanges, stderr };
  if (root instanceof Failure) {
    const { anomaly, message, requirement, expected, actual, history = exchanges } = root;
    return { ...shown, verdict: "FAIL", anomaly, message, requirement, expected, actual, history };
  }
  if (root instanceof AdapterError) return { ...shown, verdict: "ADAPTER_ERROR", message: root.message };
  if (root instanceof Inconclusive) return { ...shown, verdict: "INCONCLUSIVE", message: root.message };
  const broken = root instanceof Error ? (root.stack ?? root.message) : String(root);
  return { ...shown, verdict: "INCONCLUSIVE", message: `the case itself is broken: ${broken}` };
}

/** What a case threw, or what went wrong with the adapter, which that may hide. */
export function worse(error: unknown, fault: unknown): unknown {
  return fault instanceof AdapterError ? fault : error;
}

/** The error that a case meant, which a property may have wrapped in its own. */
export function rootOf(error: unknown): unknown {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if (one instanceof Failure || one instanceof AdapterError || one instanceof Inconclusive) return one;
  }
  return error;
}
