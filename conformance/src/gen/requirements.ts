// Generated from spec/ by `npm run generate`; do not edit.

/** A requirement of the spec. */
export interface Requirement {
  readonly id: string;
  readonly keyword: string;
  readonly level: "MUST" | "SHOULD" | "MAY";
  readonly text: string;
  readonly profile: string;
  readonly since: string;
  readonly test: string;
  readonly chapter: string;
}

export const REQUIREMENTS: readonly Requirement[] = [];
