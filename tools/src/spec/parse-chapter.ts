import { type Block, blocksOf } from "./markdown.js";
import { FormError, keywordsIn, parseRequirement } from "./parse-requirement.js";
import type { Problem, Requirement } from "./requirement.js";

/** What a chapter of the spec says to machines. */
export interface Chapter {
  readonly requirements: readonly Requirement[];
  /** Ids under the heading "Withdrawn", which are never used again. */
  readonly withdrawn: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads a chapter; `file` is its path relative to `spec/`. */
export function parseChapter(file: string, markdown: string): Chapter {
  const requirements: Requirement[] = [];
  const withdrawn: string[] = [];
  const problems: Problem[] = [];
  let heading = "";
  for (const block of blocksOf(markdown)) {
    heading = headingOf(block) ?? heading;
    try {
      if (block.kind === "quote")
        requirements.push({ ...parseRequirement(block.text), chapter: file, line: block.line });
      else checkProse(block.text);
    } catch (error) {
      if (!(error instanceof FormError)) throw error;
      problems.push({ where: `spec/${file}:${block.line}`, message: error.message });
    }
    const id = /^- \*\*([A-Z]{3}-\d{3})\*\*/.exec(block.text)?.[1];
    if (heading === "Withdrawn" && id !== undefined) withdrawn.push(id);
  }
  return { requirements, withdrawn, problems: [...problems, ...prefixProblems(file, requirements)] };
}

function headingOf({ kind, text }: Block): string | undefined {
  return kind === "prose" ? /^#+ (?:[\d.]+ )?(.+)$/.exec(text)?.[1] : undefined;
}

function checkProse(text: string): void {
  const [keyword] = keywordsIn(text);
  if (keyword !== undefined)
    throw new FormError(
      `${keyword} stands outside of a requirement: make it one, put it in backticks, or say it otherwise`,
    );
}

function prefixProblems(file: string, requirements: readonly Requirement[]): readonly Problem[] {
  const first = requirements[0];
  return requirements
    .filter(({ id }) => id.slice(0, 3) !== first?.id.slice(0, 3))
    .map(({ id, line }) => ({
      where: `spec/${file}:${line}`,
      message: `${id} is in a chapter whose ids begin with ${first?.id.slice(0, 3)}`,
    }));
}
