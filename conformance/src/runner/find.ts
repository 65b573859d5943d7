import type { CaseContext, PlainCase } from "../cases/case.js";
import type { Testee } from "../cases/testee.js";
import type { TesteeProcess } from "../testee/testee-process.js";
import { explain, worse } from "./explain.js";
import type { Finding } from "./result.js";
import { missingCapability } from "./skip.js";

/** A testee as the runner needs it: what a case asks, and what went wrong with the testee itself. */
export type Examined = Testee & Pick<TesteeProcess, "prepare" | "takeFault" | "exchanges" | "stderr">;

/** Runs one case against a testee and says what was found. */
export async function find(
  one: PlainCase,
  testee: Examined,
  context: Omit<CaseContext, "testee">,
): Promise<Finding> {
  const message = missingCapability(one.capabilities, testee.capabilities);
  if (message !== undefined) return { verdict: "SKIPPED", message };
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
    return worse(error, testee.takeFault());
  }
}
