import type { Claim, CrashMark } from "@eventy/sdk/store";
import { override } from "../kit/override.js";
import { type MutateParts, withClaims, withOptions } from "../kit/parts.js";
import { rewrites } from "../kit/sql.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of section 5.9: records that end the process. */
export const crashMutants: readonly StoreMutant[] = [
  ...misprocessing("PRC-040", {
    "counts attempts in its own memory only": finds((mark) => ({ ...mark, attempt: 0 })),
    "gives a record up an attempt too late": withOptions(({ crashLimit = 3, ...options }) => ({
      ...options,
      crashLimit: crashLimit + 1,
    })),
  }),
  ...misprocessing("PRC-041", {
    "makes no mark": withClaims((claim) => override(claim, { mark: async () => {} })),
  }),
  ...misprocessing("PRC-042", {
    "gives up the first record of a batch that ended the process": finds((mark) =>
      mark.attempt === 0 ? { ...mark, attempt: Number.MAX_SAFE_INTEGER } : mark,
    ),
  }),
  ...misprocessing(
    "PRC-043",
    {
      "counts a partition that was given back in order": (parts) =>
        withClaims(leaveMark)(rewrites(/CASE WHEN \$5::boolean THEN NULL ELSE (\w+) END/g, "$1")(parts)),
      "counts an attempt in which it has only lost the partition": finds((mark) => ({
        ...mark,
        until: mark.until + 1,
      })),
    },
    "postgresql",
  ),
];

function finds(change: (mark: CrashMark) => CrashMark): MutateParts {
  return withClaims((claim) =>
    claim.foundMark === null ? claim : override(claim, { foundMark: change(claim.foundMark) }),
  );
}

/** Each commit leaves a mark as if the next record had been tried once more. */
function leaveMark(claim: Claim): Claim {
  const attempt = (claim.foundMark?.attempt ?? 0) + 1;
  return override(claim, {
    commit: (transaction) => {
      const { acknowledge } = transaction;
      return claim.commit({ ...transaction, mark: { offset: acknowledge, until: acknowledge + 1, attempt } });
    },
  });
}
