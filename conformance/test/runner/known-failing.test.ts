import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { knownOf, loadKnownFailing, parseKnownFailing } from "../../src/runner/known-failing.js";
import { fakeCase } from "../fixtures/fixture.js";

describe("parseKnownFailing", () => {
  it("reads a glob and a reason from each line", () => {
    const text = "# a comment\n\ncodec.json.*  # no bigint # yet\r\n  store.a on kafka # why\n";
    expect(parseKnownFailing(text, "list")).toMatchObject([
      { glob: "codec.json.*", binding: undefined, reason: "no bigint # yet" },
      { glob: "store.a", binding: "kafka", reason: "why" },
    ]);
  });

  it("refuses a binding that there is not", () => {
    expect(() => parseKnownFailing("store.a on kaffka # why", "list")).toThrow(
      /^list:1: there is no binding kaffka/,
    );
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

describe("knownOf", () => {
  it("finds what is known of a case on the binding that it runs on", () => {
    const failures = parseKnownFailing(
      "store.a on memory # one\nstore.* on kafka # two\nstore.b # all",
      "list",
    );
    const reason = (...[id, binding]: [string, Parameters<typeof knownOf>[2]]) =>
      knownOf(failures, fakeCase(id), binding)?.reason;
    expect(reason("store.a", "memory")).toBe("one");
    expect(reason("store.a", "kafka")).toBe("two");
    expect(reason("store.a", "sqlite")).toBeUndefined();
    expect(reason("store.b", "sqlite")).toBe("all");
    expect(reason("store.b", undefined)).toBe("all");
  });
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
