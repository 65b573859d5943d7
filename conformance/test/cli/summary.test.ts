import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { summaryText } from "../../src/cli/summary.js";
import { hostileReport } from "../fixtures/hostile-report.js";

const text = stripVTControlCharacters(summaryText(hostileReport(), ["report/report.html"]));

describe("the summary", () => {
  it("lets a testee write nothing to the terminal but text", () => {
    expect(text).toContain("\\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none but line breaks
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  it.each([
    ["FAIL codec.json.fail WRONG-VALUE", "what is unexpected"],
    ["UNEXPECTED PASS codec.json.surprise", "a known failure that passes"],
    ["KNOWN codec.json.known REFUSED", "known failures"],
    ["SHOULD codec.json.should", "failures of a SHOULD"],
    ["INCONCLUSIVE <script>", "why there is no verdict"],
    ["SKIPPED <script>", "what is skipped"],
    ["│ codec.json │", "a table"],
    ["Eventy 3.5 Context", "the claim"],
    ["1.2 s, seed 42", "the time and the seed"],
    ["Reports: report/report.html", "the reports"],
  ])("has %j: %s", (line) => {
    expect(text).toContain(`\n${line}`);
  });
});
