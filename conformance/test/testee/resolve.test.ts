import { describe, expect, it } from "vitest";
import { resolveTestee } from "../../src/testee/resolve.js";

describe("resolveTestee", () => {
  it("splits a command line into words, as a shell does", async () => {
    const { argv } = await resolveTestee(`python3 "my adapter.py" --name 'a b' c\\ d`);
    expect(argv).toEqual(["python3", "my adapter.py", "--name", "a b", "c d"]);
  });

  it("leaves what only a shell would do", async () => {
    expect((await resolveTestee("run $HOME *.py | cat")).argv).toEqual(["run", "$HOME", "*.py", "|", "cat"]);
  });

  it.each(["", "   "])("refuses the empty command line %j", async (testee) => {
    await expect(resolveTestee(testee)).rejects.toThrow(/is empty/);
  });

  it("refuses an open quote", async () => {
    await expect(resolveTestee("python 'adapter.py")).rejects.toThrow(/open quote/);
  });
});
