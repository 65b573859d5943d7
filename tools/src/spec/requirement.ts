/** The keywords of RFC 2119 that a requirement may hold; the longer ones stand before what they begin with. */
export const KEYWORDS = ["MUST NOT", "MUST", "SHOULD NOT", "SHOULD", "MAY"] as const;

/** One of the keywords of RFC 2119. */
export type Keyword = (typeof KEYWORDS)[number];

/** How binding a keyword is. */
export type Level = "MUST" | "SHOULD" | "MAY";

/**
 * The parts of the protocol that an implementation can claim. `codec` stands for every encoding that it offers,
 * `processing` for every guarantee.
 */
export const PROFILES = [
  "codec",
  "codec.json",
  "codec.avro",
  "codec.protobuf",
  "context",
  "store",
  "processing",
  "processing.alo",
  "processing.amo",
  "processing.eos",
] as const;

/** A part of the protocol that an implementation can claim. */
export type Profile = (typeof PROFILES)[number];

/** How a requirement is tested: by cases of the suite, or not, and why. */
export type Test = "case" | { readonly excluded: string };

/** One requirement of the spec. */
export interface Requirement {
  /** Opaque, never renumbered, never used again: `REC-007`. */
  readonly id: string;
  readonly keyword: Keyword;
  readonly level: Level;
  /** The sentence, in Markdown. */
  readonly text: string;
  readonly profiles: readonly Profile[];
  /** Version of the protocol that brought it (SemVer). */
  readonly since: string;
  readonly test: Test;
  /** File of the chapter, relative to `spec/`. */
  readonly chapter: string;
  /** Line of the chapter that it begins in, from 1. */
  readonly line: number;
}

/** Something that is wrong with the spec, for the person who writes it. */
export interface Problem {
  /** `spec/02-record.md:17`, or a file alone. */
  readonly where: string;
  readonly message: string;
}

/** The level of a keyword. */
export function levelOf(keyword: Keyword): Level {
  return keyword.replace(" NOT", "") as Level;
}
