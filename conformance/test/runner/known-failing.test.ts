import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadKnownFailing, parseKnownFailing } from "../../src/runner/known-failing.js";
import { fakeCase } from "../fixtures/fixture.js";

describe("parseKnownFailing", () => {
  it("reads a glob and a reason from each line", () => {
    const text = "# a comment\n\ncodec.json.*  # no bigint # yet\r\n  context.a # why\n";
    expect(parseKnownFailing(text, "list")).toMatchObject([
      { glob: "codec.json.*", reason: "no bigint # yet" },
      { glob: "context.a", reason: "why" },
    ]);
  });

  it.each(["codec.json.a", "codec.json.a #", "codec.json.a #  ", "codec json # two globs"])(
    "refuses the line %j",
    (line) => {
      expect(() => parseKnownFailing(`\n${line}`, "list")).toThrow(
        /^list:2: a known failure needs its reason/,
      );
    },
  );
});

describe("loadKnownFailing", () => {
  it("refuses a line that matches no case, and a file that is not there", () => {
    const folder = mkdtempSync(join(tmpdir(), "eventy-"));
    const file = join(folder, "known-failing.txt");
    const cases = [fakeCase("codec.json.a")];
    expect(() => loadKnownFailing(file, cases)).toThrow(/cannot read/);
    writeFileSync(file, "codec.json.b # gone\n");
    expect(() => loadKnownFailing(file, cases)).toThrow(/no case matches codec.json.b/);
    writeFileSync(file, "codec.json.? # here\n");
    expect(loadKnownFailing(file, cases)).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });
});
