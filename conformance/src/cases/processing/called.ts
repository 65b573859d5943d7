import { Failure } from "../failure.js";
import type { Scenario } from "../scenario/scenario.js";

/**
 * Checks which records handlers were called with, in which order.
 *
 * @param expected numbers of records by the id of the handler
 * @throws Failure if others were.
 */
export function mustBeCalled(
  scenario: Scenario,
  expected: { readonly [handler: string]: string },
  requirement: string,
): void {
  for (const [handler, numbers] of Object.entries(expected)) {
    const actual = scenario.calls(handler).join(" ");
    if (actual === numbers) continue;
    const missing = numbers.split(" ").some((n) => !actual.split(" ").includes(n));
    throw new Failure(
      missing ? "LOST" : "DUPLICATE",
      `the handler ${handler} was called with other records`,
      {
        requirement,
        expected: numbers,
        actual,
      },
    );
  }
}
