import { describe, expect, it } from "vitest";
import { cases } from "../../src/cases/index.js";
import { casesById, casesByRequirement } from "../../src/cases/registry.js";
import { REQUIREMENTS } from "../../src/gen/requirements.js";
import { fakeCase } from "../fixtures/fixture.js";

describe("casesById", () => {
  it("finds every case of the suite", () => {
    expect(casesById(cases).size).toBe(cases.length);
  });

  it("refuses an id that stands twice, or belongs to another profile", () => {
    const one = fakeCase("codec.json.one");
    expect(() => casesById([one, fakeCase("codec.json.one")])).toThrow(/two cases/);
    expect(() => casesById([fakeCase("context.one")])).toThrow(/its id must begin with that/);
  });
});

describe("casesByRequirement", () => {
  it("names only requirements of the spec", () => {
    const known = new Set(REQUIREMENTS.map(({ id }) => id));
    const named = [...casesByRequirement(cases).keys()];
    expect(named.filter((id) => !known.has(id))).toEqual([]);
    expect(cases.filter(({ requirements }) => requirements.length === 0)).toEqual([]);
  });
});
