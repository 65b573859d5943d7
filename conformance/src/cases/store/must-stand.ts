import { Failure, type FailureDetails } from "../failure.js";

const SHOWN = 5;

/**
 * Checks lines that tell what is in a database.
 *
 * @throws Failure WRONG-VALUE with those that differ.
 */
export function mustStand(
  actual: readonly string[],
  expected: readonly string[],
  what: string,
  details: FailureDetails = {},
): void {
  const missing = expected.filter((line) => !actual.includes(line));
  const wrong = actual.filter((line) => !expected.includes(line));
  if (missing.length === 0 && wrong.length === 0 && actual.length === expected.length) return;
  throw new Failure("WRONG-VALUE", `${what} is not what the binding says`, {
    expected: some(missing),
    actual: some(wrong.length > 0 || missing.length > 0 ? wrong : actual),
    ...details,
  });
}

function some(lines: readonly string[]): string {
  return lines.slice(0, SHOWN).join("; ") || "nothing";
}
