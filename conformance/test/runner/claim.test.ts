import { describe, expect, it } from "vitest";
import type { Profile } from "../../src/cases/case.js";
import { claimText } from "../../src/runner/claim.js";
import { summarise } from "../../src/runner/profile-summary.js";
import type { Level } from "../../src/runner/requirements.js";
import type { CaseResult, Verdict } from "../../src/runner/result.js";
import { fakeCase } from "../fixtures/fixture.js";

function result(id: string, verdict: Verdict, level: Level = "MUST"): CaseResult {
  const profile = id.slice(0, id.lastIndexOf(".")) as Profile;
  return { case: fakeCase(id, { profile }), verdict, level, seed: 1, durationMs: 1, unexpected: false };
}

function claim(results: readonly CaseResult[], others: readonly CaseResult[] = []): string {
  const cases = [...results, ...others].map((one) => one.case);
  return claimText("3.5.0", summarise(results, cases));
}

describe("the claim", () => {
  it("names what conforms, in the order of the profiles", () => {
    const results = ["context.a", "codec.protobuf.a", "codec.json.a", "codec.avro.a"].map((id) =>
      result(id, "PASS"),
    );
    expect(claim(results)).toBe("Eventy 3.5 Codec(json,avro,protobuf)+Context");
    expect(claim(results.slice(0, 1))).toBe("Eventy 3.5 Context");
    expect(claim([])).toBe("");
  });

  it.each(["FAIL", "INCONCLUSIVE", "ADAPTER_ERROR"] as const)("leaves out a profile with a %s", (verdict) => {
    const results = [
      result("codec.json.a", "PASS"),
      result("codec.json.b", verdict),
      result("context.a", "PASS"),
    ];
    expect(claim(results)).toBe("Eventy 3.5 Context");
  });

  it("leaves out a profile of which nothing was shown", () => {
    expect(claim([result("codec.json.a", "SKIPPED")])).toBe("");
    expect(claim([result("codec.json.a", "PASS", "SHOULD")])).toBe("");
  });

  it("leaves out a profile that did not run whole", () => {
    expect(claim([result("codec.json.a", "PASS")], [result("codec.json.b", "PASS")])).toBe("");
  });

  it("minds neither a failed SHOULD nor what is not declared", () => {
    const results = [
      result("codec.json.a", "PASS"),
      result("codec.json.b", "FAIL", "SHOULD"),
      result("codec.json.c", "SKIPPED"),
    ];
    expect(claim(results)).toBe("Eventy 3.5 Codec(json)");
  });
});
