import type { CaseResult } from "../runner/result.js";

/** What a result means for its reader: a verdict, seen together with what was expected. */
export type Status = "pass" | "fail" | "known" | "reported" | "surprise" | "unknown" | "adapter" | "skipped";

/** The statuses, the worst first, with the words for them. */
export const STATUSES: ReadonlyMap<Status, string> = new Map([
  ["adapter", "adapter error"],
  ["fail", "failed"],
  ["surprise", "passed unexpectedly"],
  ["unknown", "inconclusive"],
  ["known", "failed as known"],
  ["reported", "failed a SHOULD"],
  ["skipped", "skipped"],
  ["pass", "passed"],
]);

/** The status of a result. */
export function statusOf({ verdict, unexpected, knownFailing }: CaseResult): Status {
  switch (verdict) {
    case "PASS":
      return unexpected ? "surprise" : "pass";
    case "FAIL":
      if (unexpected) return "fail";
      return knownFailing === undefined ? "reported" : "known";
    case "INCONCLUSIVE":
      return "unknown";
    case "ADAPTER_ERROR":
      return "adapter";
    case "SKIPPED":
      return "skipped";
  }
}

/** The worst of some statuses. */
export function worst(statuses: Iterable<Status>): Status {
  const present = new Set(statuses);
  for (const status of STATUSES.keys()) {
    if (present.has(status)) return status;
  }
  return "pass";
}
