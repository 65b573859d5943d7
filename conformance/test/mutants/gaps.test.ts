import { describe, expect, it } from "vitest";
import { mutants } from "../../mutants/mutants.js";
import { storeMutants } from "../../mutants/store-mutants.js";
import { without } from "../../mutants/without.js";
import { REQUIREMENTS, type Requirement } from "../../src/gen/requirements.js";
import { problemsOf } from "../../src/mutation/gaps.js";
import type { Mutant } from "../../src/mutation/mutant.js";

const [FIRST] = REQUIREMENTS;

function requirement(id: string, more: Partial<Requirement> = {}): Requirement {
  if (FIRST === undefined) throw new Error("the spec has no requirements");
  return { ...FIRST, id, level: "MUST", test: "case", text: `${id} holds.`, ...more };
}

function mutant(id: string, what = "breaks it"): Mutant {
  return { requirement: id, what, mutate: (command, ask) => ask(command) };
}

const none = new Map<string, string>();

describe("the list of mutants", () => {
  it("breaks every MUST that has cases, or says why not", () => {
    expect(problemsOf([...mutants, ...storeMutants], without)).toEqual([]);
  });

  it("needs a mutant for a MUST with cases alone", () => {
    const spec = [
      requirement("A"),
      requirement("B", { level: "SHOULD" }),
      requirement("C", { test: { excluded: "cannot be seen" } }),
    ];
    expect(problemsOf([], none, spec)).toEqual(["no mutant breaks A: A holds."]);
    expect(problemsOf([mutant("A")], none, spec)).toEqual([]);
    expect(problemsOf([], new Map([["A", "it cannot be broken"]]), spec)).toEqual([]);
  });

  it("knows the requirements, and names each mutant once", () => {
    const spec = [requirement("A")];
    expect(problemsOf([mutant("A"), mutant("Z")], none, spec)).toEqual(["the spec has no requirement Z"]);
    expect(problemsOf([mutant("A"), mutant("A")], none, spec)).toEqual(["twice: A breaks it"]);
  });

  it("has no needless exemption", () => {
    const spec = [requirement("A"), requirement("B", { level: "SHOULD" })];
    const exempt = (id: string) => problemsOf([mutant("A")], new Map([[id, "reason"]]), spec);
    expect(exempt("A")).toEqual(["exempt, but there is a mutant of A"]);
    expect(exempt("B")).toEqual(["exempt, but B needs no mutant"]);
    expect(exempt("Z")).toEqual(["exempt, but the spec has no requirement Z"]);
  });
});
