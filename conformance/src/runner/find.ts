import type { Case, CaseContext, PlainCase } from "../cases/case.js";
import { Failure, Inconclusive } from "../cases/failure.js";
import type { Testee } from "../cases/testee.js";
import { AdapterError } from "../testee/adapter-error.js";
import type { TesteeProcess } from "../testee/testee-process.js";
import type { Finding } from "./result.js";

/** A testee as the runner needs it: what a case asks, and what went wrong with the testee itself. */
export type Examined = Testee & Pick<TesteeProcess, "prepare" | "takeFault" | "exchanges" | "stderr">;

/** Runs one case against a testee and says what was found. */
export async function find(
  one: Case,
  testee: Examined,
  context: Omit<CaseContext, "testee">,
): Promise<Finding> {
  const missing = one.capabilities.filter((capability) => !testee.capabilities.has(capability));
  if (missing.length > 0) {
    return { verdict: "SKIPPED", message: `the testee does not declare ${missing.join(", ")}` };
  }
  // There are no stores to run it on yet.
  if (one.bindings !== undefined) return { verdict: "SKIPPED", message: "there is no store to run it on" };
  const error = await errorOf(one, testee, context);
  if (context.signal.aborted) return { verdict: "INCONCLUSIVE", message: "the run was interrupted" };
  return error === undefined ? { verdict: "PASS" } : explain(error, testee);
}

async function errorOf(
  one: PlainCase,
  testee: Examined,
  context: Omit<CaseContext, "testee">,
): Promise<unknown> {
  try {
    await testee.prepare();
    await one.run({ ...context, testee });
    return testee.takeFault();
  } catch (error) {
    // What a case throws last may hide that the adapter was at fault.
    const fault = testee.takeFault();
    return fault instanceof AdapterError ? fault : error;
  }
}

function explain(error: unknown, testee: Examined): Finding {
  const root = rootOf(error);
  const shown = { history: testee.exchanges, stderr: testee.stderr };
  if (root instanceof Failure) {
    const { anomaly, message, requirement, expected, actual, history = shown.history } = root;
    return { ...shown, verdict: "FAIL", anomaly, message, requirement, expected, actual, history };
  }
  if (root instanceof AdapterError) return { ...shown, verdict: "ADAPTER_ERROR", message: root.message };
  if (root instanceof Inconclusive) return { ...shown, verdict: "INCONCLUSIVE", message: root.message };
  const broken = root instanceof Error ? (root.stack ?? root.message) : String(root);
  return { ...shown, verdict: "INCONCLUSIVE", message: `the case itself is broken: ${broken}` };
}

/** The error that a case meant, which a property may have wrapped in its own. */
function rootOf(error: unknown): unknown {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if (one instanceof Failure || one instanceof AdapterError || one instanceof Inconclusive) return one;
  }
  return error;
}
