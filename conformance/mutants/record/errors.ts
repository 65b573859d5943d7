import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import { breaking } from "../kit/breaking.js";
import { onEmit } from "../kit/emitting.js";
import { misreports } from "../kit/reading.js";
import { onEncode } from "../kit/writing.js";

/** Reports one kind of error as another one. */
function confuses(code: ErrorCode, other: ErrorCode): Mutant["mutate"] {
  return misreports("every", (error) => {
    if (error.code === code) error.code = other;
  });
}

/** Mutants of section 2.10. */
export const errorMutants: readonly Mutant[] = [
  ...breaking("REC-062", {
    "reports errors without a code in reading": misreports("every", (error) => {
      error.code = ErrorCode.UNSPECIFIED;
    }),
    "reports errors without a code in writing": onEncode("every", (_, ask) => {
      const answer = ask();
      if (answer.case === "failed") answer.value.code = ErrorCode.UNSPECIFIED;
      return answer;
    }),
    "reports errors without a code in emission": onEmit((emit, ask) => {
      const answer = ask(emit);
      if (answer.case === "failed") answer.value.code = ErrorCode.UNSPECIFIED;
      return answer;
    }),
    "says MALFORMED of an invalid record": confuses(ErrorCode.INVALID_RECORD, ErrorCode.MALFORMED),
    "says INVALID_RECORD of malformed bytes": confuses(ErrorCode.MALFORMED, ErrorCode.INVALID_RECORD),
    "says INVALID_RECORD of what exceeds a limit": confuses(
      ErrorCode.LIMIT_EXCEEDED,
      ErrorCode.INVALID_RECORD,
    ),
    "says MALFORMED of an unknown fingerprint": confuses(ErrorCode.UNKNOWN_SCHEMA, ErrorCode.MALFORMED),
    "says MALFORMED of an invalid schema": confuses(ErrorCode.INVALID_SCHEMA, ErrorCode.MALFORMED),
    "says MALFORMED of an unknown compression": confuses(ErrorCode.UNKNOWN_ENCODING, ErrorCode.MALFORMED),
  }),
  ...breaking("REC-063", {
    "does not say where a problem is": onEncode("every", (_, ask) => {
      const answer = ask();
      if (answer.case === "failed") answer.value.path = "";
      return answer;
    }),
    "counts from one in paths": onEncode("every", (_, ask) => {
      const answer = ask();
      if (answer.case === "failed")
        answer.value.path = answer.value.path.replace(/\[(\d+)\]/g, (_match, i) => `[${Number(i) + 1}]`);
      return answer;
    }),
  }),
];
