import { expect, test } from "vitest";
import { lockProblems, manifestProblems } from "../../lib/manifest-problems.mjs";

test.each(["^1.2.3", "~1.2.3", "1.2", "latest", "*", "git+ssh://example.org/a.git"])(
  "%s is not exact",
  (version) => {
    const problems = manifestProblems("a/package.json", { devDependencies: { thing: version } }, []);
    expect(problems).toEqual([
      expect.stringContaining(`a/package.json: devDependencies asks for thing "${version}"`),
    ]);
  },
);

test("exact versions and the repository's own packages are fine", () => {
  const dependencies = { thing: "1.2.3", early: "2.0.0-rc.1", "@eventy/sdk": "*" };
  expect(manifestProblems("package.json", { dependencies }, ["@eventy/sdk"])).toEqual([]);
});

test("a lock file may name links, and no address", () => {
  const packages = {
    "node_modules/@eventy/sdk": { resolved: "sdk-ts", link: true },
    "node_modules/thing": { resolved: "https://registry.example.org/thing-1.2.3.tgz" },
  };
  expect(lockProblems({ packages })).toEqual([
    expect.stringContaining("node_modules/thing names an address"),
  ]);
});
