import { expect, test } from "vitest";
import { lockedHere } from "../../lib/lock-file.mjs";

const MACHINE = { platform: "linux", arch: "x64" };
const plain = { version: "1.0.0" };

test("optional packages for other platforms do not count, whether the registry has them or not", () => {
  const foreign = { version: "1.0.0", optional: true, os: ["darwin"], cpu: ["x64"] };
  const other = { version: "1.0.0", optional: true, os: ["linux"], cpu: ["arm64"] };

  expect(locked({ a: plain, foreign, other })).toBe(locked({ a: plain }));
});

test("every other difference counts", () => {
  const native = { version: "1.0.0", optional: true, os: ["linux"], cpu: ["x64"] };

  const locks = [{ a: plain }, { a: { version: "1.0.1" } }, { a: plain, b: plain }, { a: plain, native }];

  expect(new Set(locks.map(locked)).size).toBe(4);
});

function locked(packages: object): string {
  return lockedHere(JSON.stringify({ packages }), MACHINE);
}
