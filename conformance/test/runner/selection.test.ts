import { describe, expect, it } from "vitest";
import type { Need } from "../../src/cases/binding.js";
import { select } from "../../src/runner/selection.js";
import { fakeBoundCase, fakeCase } from "../fixtures/fixture.js";

const CASES = [
  fakeCase("codec.json.a", { requirements: ["X-001"] }),
  fakeCase("codec.json.b.c", { requirements: ["X-002", "X-003"] }),
  fakeCase("codec.avro.a", { profile: "codec.avro" }),
  fakeCase("context.a", { profile: "context" }),
];

describe("select", () => {
  it.each([
    ["everything", {}, ["codec.json.a", "codec.json.b.c", "codec.avro.a", "context.a"]],
    ["a group of profiles", { profiles: ["codec"] }, ["codec.json.a", "codec.json.b.c", "codec.avro.a"]],
    ["several profiles", { profiles: ["context", "codec.avro"] }, ["codec.avro.a", "context.a"]],
    ["all profiles", { profiles: ["all"], cases: ["*.a"] }, ["codec.json.a", "codec.avro.a", "context.a"]],
    ["several globs", { cases: ["codec.json.?", "context.*"] }, ["codec.json.a", "context.a"]],
    ["a requirement", { requirements: ["X-003"] }, ["codec.json.b.c"]],
    [
      "a level, which is MUST where nobody says",
      { level: "MUST" as const, cases: ["context.a"] },
      ["context.a"],
    ],
  ])("selects %s", (_, selection, expected) => {
    expect(select(CASES, selection).map(({ id }) => id)).toEqual(expected);
  });

  it("leaves out cases that need what there is to be none of", () => {
    const plain = fakeBoundCase("store.a");
    const faulty = fakeBoundCase("store.b", { needs: ["processes", "proxy"] });
    const selected = (without: readonly Need[]) => select([plain, faulty], { without }).map(({ id }) => id);
    expect(selected(["server"])).toEqual(["store.a", "store.b"]);
    expect(selected(["server", "proxy"])).toEqual(["store.a"]);
  });

  it("takes a glob literally but for its stars and question marks", () => {
    expect(() => select(CASES, { cases: ["codec.json.(a)"] })).toThrow(/no case has an id like/);
    expect(() => select(CASES, { cases: ["codecXjson.a"] })).toThrow(/no case has an id like/);
    expect(() => select(CASES, { cases: ["json"] })).toThrow(/no case has an id like/);
  });

  it("refuses what is that of no case, also beside what is", () => {
    expect(() => select(CASES, { cases: ["context.*", "store.*"] })).toThrow(/id like store/);
    expect(() => select(CASES, { requirements: ["X-001", "Y-001"] })).toThrow(/no case checks Y-001/);
    expect(() => select(CASES, { cases: ["context.*"], profiles: ["codec"] })).toThrow(/no case is selected/);
  });

  it("refuses a profile that does not exist", () => {
    expect(() => select(CASES, { profiles: ["code"] })).toThrow(/no profile code/);
  });
});
