import type { Chapter } from "./parse-chapter.js";
import type { Problem } from "./requirement.js";

/**
 * What is wrong with the ids of all chapters together: used twice, used again
 * after they were withdrawn, or gone without being withdrawn.
 *
 * `before` are the ids that the index held when it was last written.
 */
export function checkIds(chapters: readonly Chapter[], before: readonly string[]): readonly Problem[] {
  const requirements = chapters.flatMap((chapter) => chapter.requirements);
  const withdrawn = new Set(chapters.flatMap((chapter) => chapter.withdrawn));
  const lines = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { id, chapter, line } of requirements) {
    const where = `spec/${chapter}:${line}`;
    const first = lines.get(id);
    if (first !== undefined) problems.push({ where, message: `${id} is used already, in ${first}` });
    else lines.set(id, where);
    if (withdrawn.has(id))
      problems.push({ where, message: `${id} was withdrawn and is never used again: take a new id` });
  }
  const gone = before.filter((id) => !lines.has(id) && !withdrawn.has(id));
  return [
    ...problems,
    ...gone.map((id) => ({
      where: "spec/requirements.json",
      message: `${id} is gone: list it as "- **${id}**: why" under a heading "Withdrawn" of its chapter`,
    })),
  ];
}
