import { readFileSync } from "node:fs";
import { BINDINGS, type BindingName } from "../cases/binding.js";
import type { Case } from "../cases/case.js";
import { globPattern } from "./glob.js";
import { UsageError } from "./usage-error.js";

/** A line of a list of known failures. */
export interface KnownFailure {
  /** Glob over case ids. */
  readonly glob: string;
  readonly pattern: RegExp;
  /** Where the cases are known to fail; undefined: wherever they run. */
  readonly binding: BindingName | undefined;
  readonly reason: string;
}

const LINE = /^(?<glob>\S+)(?:\s+on\s+(?<on>\S+))?\s+#\s*(?<reason>\S.*)$/;

/**
 * Reads a list of known failures: on each line a glob over case ids, perhaps `on` and a binding, `#` and the reason.
 *
 * Empty lines and lines that begin with `#` do not count.
 *
 * @throws UsageError if a line has no reason, or names a binding that there is not.
 */
export function parseKnownFailing(text: string, file: string): readonly KnownFailure[] {
  const failures: KnownFailure[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const { glob, on, reason } = LINE.exec(line)?.groups ?? {};
    if (glob === undefined || reason === undefined) {
      throw new UsageError(`${file}:${index + 1}: a known failure needs its reason: \`glob  # reason\``);
    }
    const binding = BINDINGS.find((name) => name === on);
    if (on !== undefined && binding === undefined) {
      throw new UsageError(
        `${file}:${index + 1}: there is no binding ${on}: there is ${BINDINGS.join(", ")}`,
      );
    }
    failures.push({ glob, binding, reason, pattern: globPattern(glob) });
  }
  return failures;
}

/**
 * Reads the list of known failures in a file, and checks that each line names a case.
 *
 * @throws UsageError if it cannot be read, a line has no reason or matches no case.
 */
export function loadKnownFailing(file: string, cases: readonly Case[]): readonly KnownFailure[] {
  const failures = parseKnownFailing(read(file), file);
  for (const { glob, pattern } of failures) {
    if (!cases.some((one) => pattern.test(one.id))) {
      throw new UsageError(`${file}: no case matches ${glob}: see \`eventy-conformance list\``);
    }
  }
  return failures;
}

/** Those that are known of a case where it runs; a case that needs no store runs on none. */
export function knownOf(
  failures: readonly KnownFailure[],
  { id }: Case,
  binding: BindingName | undefined,
): KnownFailure | undefined {
  return failures.find((known) => known.pattern.test(id) && (known.binding ?? binding) === binding);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`cannot read the list of known failures ${file}`, { cause });
  }
}
