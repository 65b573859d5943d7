import { describe, expect, it } from "vitest";
import { reproduceCommand } from "../../src/cli/reproduce.js";
import type { RunCommandOptions } from "../../src/cli/run-options.js";

const OPTIONS: RunCommandOptions = {
  testee: "python adapter.py",
  profile: ["store", "processing"],
  runs: 100,
  parallel: 4,
  smoke: true,
  report: "report",
  format: [],
};

describe("the command that repeats", () => {
  it("a run has all that selects, and what stores run on", () => {
    expect(reproduceCommand({ ...OPTIONS, without: ["proxy", "server"], binding: "postgresql" }, 7)).toBe(
      "npx eventy-conformance run --testee 'python adapter.py' --profile store,processing --without proxy,server --binding postgresql --seed 7 --runs 100",
    );
  });

  it("one case has that case alone", () => {
    expect(reproduceCommand(OPTIONS, 7, "codec.json.a")).toBe(
      "npx eventy-conformance run --testee 'python adapter.py' --case codec.json.a --seed 7 --runs 100",
    );
  });
});
