import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { execute } from "../../src/cli/execute.js";

describe("execute", () => {
  let said = "";

  beforeEach(() => {
    said = "";
    vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
      said += String(chunk);
      return true;
    });
  });

  afterEach(() => void vi.restoreAllMocks());

  it.each([
    [["run"], /required option '-t, --testee/],
    [["run", "-t", "echo", "--parallel", "0"], /integer from 1 to 64/],
    [["run", "-t", "echo", "--profile", "kodec"], /no profile kodec/],
    [["run", "-t", "echo", "--case", "no.such.case"], /no case has an id like no.such.case/],
    [["run", "-t", "echo", "--binding", "paper"], /Allowed choices are memory, sqlite, postgresql/],
    [["run", "-t", "echo", "--format", "pdf"], /must be of html, junit/],
    [["run", "-t", "echo", "--known-failing", "/no/such/file"], /cannot read/],
    [["explain", "XYZ-001"], /neither a requirement nor a case XYZ-001/],
    [["walk"], /unknown command 'walk'/],
  ])("returns 2 for %j, and says why", async (args, message) => {
    expect(await execute(args)).toBe(2);
    expect(said).toMatch(message);
  });
});
