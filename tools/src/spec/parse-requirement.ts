import { withoutCode } from "./markdown.js";
import {
  KEYWORDS,
  type Keyword,
  levelOf,
  PROFILES,
  type Profile,
  type Requirement,
  type Test,
} from "./requirement.js";

const FORM = /^\*\*(?<id>[A-Z]{3}-\d{3})\*\* (?<text>[^\n]+(?:\n[^\n]+)*)\n\n`(?<metadata>[^\n`]+)`$/;
const METADATA = /^profile: (?<profiles>[\w., -]+) · since: (?<since>\d+\.\d+\.\d+) · test: (?<test>.+)$/;
const BARE_KEYWORD = new RegExp(`\\b(?:${KEYWORDS.join("|")}|SHALL|REQUIRED|RECOMMENDED|OPTIONAL)\\b`, "g");

/** What is wrong with the form of a requirement. */
export class FormError extends Error {
  override readonly name = "FormError";
}

/**
 * The requirement that a blockquote holds.
 *
 * @throws FormError if it is not of the form that `spec/00-conformance.md` describes.
 */
export function parseRequirement(quote: string): Omit<Requirement, "chapter" | "line"> {
  const { id, text, metadata } = FORM.exec(quote.trimEnd())?.groups ?? {};
  if (id === undefined || text === undefined || metadata === undefined)
    throw new FormError(
      "a requirement is **ABC-123**, a sentence, an empty line, and a line of metadata in backticks",
    );
  const keyword = keywordOf(id, text);
  const plain = text.replaceAll("\n", " ").replaceAll("**", "");
  return { id, keyword, level: levelOf(keyword), text: plain, ...parseMetadata(id, metadata) };
}

/** The keywords that stand in a text outside of code. */
export function keywordsIn(text: string): readonly string[] {
  return withoutCode(text).match(BARE_KEYWORD) ?? [];
}

function keywordOf(id: string, text: string): Keyword {
  const [found, ...more] = keywordsIn(text);
  const keyword = KEYWORDS.find((one) => one === found);
  if (keyword === undefined || more.length > 0)
    throw new FormError(
      `${id} holds ${more.length + (found ? 1 : 0)} keywords; exactly one of ${KEYWORDS.join(", ")} is needed`,
    );
  if (!text.includes(`**${keyword}**`)) throw new FormError(`${id}: the keyword ${keyword} is not in bold`);
  return keyword;
}

function parseMetadata(id: string, metadata: string): Pick<Requirement, "profiles" | "since" | "test"> {
  const { profiles, since, test } = METADATA.exec(metadata)?.groups ?? {};
  if (profiles === undefined || since === undefined || test === undefined)
    throw new FormError(`${id}: the metadata is not of the form \`profile: … · since: 3.5.0 · test: …\``);
  return { profiles: profiles.split(", ").map((name) => profileOf(id, name)), since, test: testOf(id, test) };
}

function profileOf(id: string, name: string): Profile {
  const profile = PROFILES.find((one) => one === name);
  if (profile === undefined)
    throw new FormError(`${id}: no profile is named "${name}": ${PROFILES.join(", ")}`);
  return profile;
}

function testOf(id: string, test: string): Test {
  if (test === "case") return "case";
  const excluded = /^excluded \((.+)\)$/.exec(test)?.[1];
  if (excluded === undefined) throw new FormError(`${id}: test is \`case\` or \`excluded (the reason)\``);
  return { excluded };
}
