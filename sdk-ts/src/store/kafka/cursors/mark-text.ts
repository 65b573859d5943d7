import type { CrashMark } from "../../claim.js";

/** The metadata of an offset with that mark. */
export function metadataOf(mark: CrashMark | null): string {
  return mark === null ? "" : JSON.stringify({ mark: plain(mark) });
}

/** The mark in metadata. Whatever does not look like one is none: others may write what they want there. */
export function markIn(metadata: string | null): CrashMark | null {
  try {
    return markOf(JSON.parse(metadata ?? ""));
  } catch {
    return null;
  }
}

/** The mark of a JSON object that may have one. */
export function markOf(object: unknown): CrashMark | null {
  const { offset, until, attempt } = Object(Object(object).mark);
  return [offset, until, attempt].every(Number.isSafeInteger) ? { offset, until, attempt } : null;
}

/** A mark without what else the object may have. */
export function plain({ offset, until, attempt }: CrashMark): CrashMark {
  return { offset, until, attempt };
}
