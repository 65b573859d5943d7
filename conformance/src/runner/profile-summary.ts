import { type Case, PROFILES, type Profile } from "../cases/case.js";
import { type CaseResult, VERDICTS, type Verdict } from "./result.js";

/** What was found out about one profile. */
export interface ProfileSummary {
  readonly profile: Profile;
  readonly results: readonly CaseResult[];
  /** How many cases had each verdict. */
  readonly counts: { readonly [verdict in Verdict]: number };
  /** Whether the implementation may claim the profile. */
  readonly conforms: boolean;
}

/**
 * Sums up the results by profile; profiles without results are left out.
 *
 * An implementation conforms to a profile if every case of the profile ran or is about something that it
 * does not declare or its binding does not have, at least one case of a MUST passed, and nothing but a SHOULD or MAY failed. Known
 * failures count as failures here.
 */
export function summarise(
  results: readonly CaseResult[],
  allCases: readonly Case[],
): readonly ProfileSummary[] {
  return PROFILES.flatMap((profile) => {
    const own = results.filter((result) => result.case.profile === profile);
    if (own.length === 0) return [];
    const counts = Object.fromEntries(
      VERDICTS.map((verdict) => [verdict, own.filter((result) => result.verdict === verdict).length]),
    ) as Record<Verdict, number>;
    const whole = own.length === allCases.filter((one) => one.profile === profile).length;
    const conforms = whole && own.every(isHarmless) && own.some(isProof);
    return [{ profile, results: own, counts, conforms }];
  });
}

function isProof({ verdict, level }: CaseResult): boolean {
  return verdict === "PASS" && level === "MUST";
}

function isHarmless({ verdict, level, isWithheld = false }: CaseResult): boolean {
  if (verdict === "SKIPPED") return !isWithheld;
  return verdict === "PASS" || (verdict === "FAIL" && level !== "MUST");
}
