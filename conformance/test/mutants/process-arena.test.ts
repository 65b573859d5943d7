import { describe, expect, it } from "vitest";
import { MemoryHost } from "../../src/bindings/memory.js";
import type { BoundCase } from "../../src/cases/case.js";
import { Failure } from "../../src/cases/failure.js";
import { hunt } from "../../src/mutation/hunt.js";
import type { ProcessMutant } from "../../src/mutation/mutant.js";
import { processArena } from "../../src/mutation/process-arena.js";
import { weaknesses } from "../../src/mutation/report.js";
import { DECODE, fakeBoundCase, fakeCase, fixture } from "../fixtures/fixture.js";

const options = { seed: 1, runs: 1, host: new MemoryHost(), signal: new AbortController().signal };

/** A mutant that is the fixture in another mode. */
function mutant(requirement: string, name: string): ProcessMutant {
  return { requirement, what: `is the fixture that ${name}`, name, binding: "memory" };
}

const answers: BoundCase["run"] = async ({ testee }) => {
  const reply = await testee.call(DECODE);
  if (reply.case !== "failed") throw new Failure("ACCEPTED", "it did not answer as it must");
};

describe("a hunt for mutants that are processes", () => {
  it("has each face the cases on stores of its requirement that the original passes", async () => {
    const arena = await processArena({
      ...options,
      launchOf: (one) => fixture(one === undefined ? "stores" : one.name),
    });
    const requirements = ["STO-001"];
    const killer = fakeBoundCase("store.killer", { requirements, run: answers });
    const cases = [
      fakeCase("codec.json.plain", { requirements }),
      fakeBoundCase("store.elsewhere", { requirements, bindings: ["postgresql"] }),
      fakeBoundCase("store.undeclared", { requirements, capabilities: ["state"] }),
      fakeBoundCase("store.content", { requirements: ["STO-001", "STO-002"] }),
      killer,
    ];
    const mutants = [mutant("STO-001", "dies"), mutant("STO-001", "stores"), mutant("STO-002", "dies")];
    const fates: string[] = [];
    const result = await hunt({
      mutants,
      cases,
      arena,
      parallel: 2,
      observe: (fate) => void fates.push(fate.mutant.what),
    });
    expect(result.fates.map(({ killedBy }) => killedBy?.id)).toEqual(["store.killer", undefined, undefined]);
    expect(result.fates.map(({ finding }) => finding?.anomaly)).toEqual(["CRASHED", undefined, undefined]);
    expect(fates).toHaveLength(3);
    expect(weaknesses(result)).toEqual([
      "STO-001: the mutant that is the fixture that stores passes all of its 2 cases",
      "STO-002: the mutant that is the fixture that dies passes all of its 1 cases",
    ]);
  });
});
