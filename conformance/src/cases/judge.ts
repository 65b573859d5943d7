import { firstDifference } from "../checker/index.js";
import { type EventySchema, type NeutralRecord, Refusal } from "../oracle/index.js";
import { type Answer, codeName, errorText } from "./ask.js";
import { oracleDecode, type Written } from "./codecs.js";
import { type Anomaly, Failure } from "./failure.js";

/**
 * Checks that the record read is the one written.
 *
 * @throws Failure with the first difference.
 */
export function mustEqual(
  expected: NeutralRecord,
  actual: NeutralRecord,
  anomaly: Anomaly = "WRONG-VALUE",
): void {
  const difference = firstDifference(expected, actual);
  if (!difference) return;
  const { path, ...details } = difference;
  throw new Failure(anomaly, `${path} is not what it must be`, details);
}

/**
 * Reads what a testee wrote with the oracle.
 *
 * @throws Failure if that is not a record.
 */
export function readWritten(encoding: Written, bytes: Uint8Array, schema?: EventySchema): NeutralRecord {
  try {
    return oracleDecode(encoding, bytes, schema);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Failure("WRONG-BYTES", `what was written is not a record: ${error.message}`, {
      actual: Buffer.from(bytes.subarray(0, 200)).toString("latin1"),
      cause: error,
    });
  }
}

/**
 * Checks that something was refused.
 *
 * @throws Failure if it was accepted.
 */
export function mustRefuse<T>(answer: Answer<T>, what: string, expected = "an error"): void {
  if ("ok" in answer) throw new Failure("ACCEPTED", `accepted ${what}`, { expected });
}

/**
 * Checks that something was refused as an error of this code, and at this path if there is one.
 *
 * @throws Failure if it was not.
 */
export function mustRefuseAs<T>(answer: Answer<T>, what: string, code: string): void {
  mustRefuse(answer, what, code);
  if ("ok" in answer || codeName(answer.failed.code) === code) return;
  throw new Failure("WRONG-ERROR", `refused ${what} as another error`, {
    expected: code,
    actual: errorText(answer.failed),
  });
}
