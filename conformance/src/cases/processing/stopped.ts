import type { ErrorCode } from "../../gen/proto/eventy/v3/protocol_pb.js";
import type { BoundContext } from "../case.js";
import { Failure } from "../failure.js";
import { mustBeError } from "../scenario/command.js";
import type { Run, RunEnd } from "../testee.js";

/**
 * Waits for the end of a run, which must be an error.
 *
 * @throws Failure if the run ends in order, or with an error of another kind.
 */
export async function mustStop(
  { testee }: Pick<BoundContext, "testee">,
  run: Run,
  code: keyof typeof ErrorCode,
  requirement = "PRC-051",
): Promise<void> {
  const end = await run.ended();
  if (end.case !== "fatal") {
    const expected = `the error ${code}`;
    throw new Failure("ACCEPTED", "the run did not end with an error", {
      requirement,
      expected,
      actual: end.case,
    });
  }
  mustBeError(testee, end.value, code, { requirement });
}

/** @throws Failure if a run that was asked to end did so with an error. */
export function mustEnd(end: RunEnd): void {
  if (end.case === "done") return;
  const actual = end.case === "fatal" ? end.value.message : end.case;
  throw new Failure("STALLED", "a run that was asked to end did not end in order", {
    requirement: "PRC-047",
    actual,
  });
}
