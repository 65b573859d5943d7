import { Failure } from "../failure.js";

/**
 * Checks texts, one by one.
 *
 * @throws Failure WRONG-VALUE with this message, if they differ.
 */
export function mustMatch(
  found: readonly string[],
  wanted: readonly string[],
  requirement: string,
  message: string,
): void {
  const [actual, expected] = [found.join(", "), wanted.join(", ")];
  if (actual === expected) return;
  throw new Failure("WRONG-VALUE", message, { requirement, expected, actual });
}
