import type { EmitLine } from "../../../src/cases/golden/line.js";
import type { PlainMap } from "../../../src/oracle/values.js";
import { caused, draft, handling, input, output, SERVICE } from "./emissions.js";

/** What a service writes into its own part. */
export function ownPart(): EmitLine[] {
  const write = (
    id: string,
    title: string,
    requirements: string[],
    inherited: PlainMap | undefined,
    written: PlainMap,
    result: PlainMap | undefined,
  ) =>
    handling(
      `own-${id}`,
      title,
      requirements,
      input(inherited ? { [SERVICE]: inherited } : {}),
      [draft({ [SERVICE]: written })],
      [output({ context: { ...(result ? { [SERVICE]: result } : {}), ...caused(1) } })],
    );
  const kinds: PlainMap = {
    text: "\u0000",
    wide: 2n ** 63n - 1n,
    double: 0.1,
    yes: true,
    list: [1, null, []],
    map: { a: { b: null } },
  };
  return [
    write("new", "a service begins its part", ["CTX-012"], undefined, { order: 42 }, { order: 42 }),
    write(
      "add",
      "a key is added to the own part",
      ["CTX-012"],
      { order: 42 },
      { step: 1 },
      { order: 42, step: 1 },
    ),
    write(
      "replace",
      "a key of the own part is replaced",
      ["CTX-012"],
      { order: 42 },
      { order: "x" },
      { order: "x" },
    ),
    write(
      "replace-whole",
      "a map in the own part is replaced as a whole",
      ["CTX-012"],
      { map: { a: 1, b: 2 } },
      { map: { c: null } },
      { map: { c: null } },
    ),
    write("kinds", "the own part holds values of every kind", ["CTX-012"], undefined, kinds, kinds),
    write(
      "proto",
      "the own part holds any key",
      ["CTX-012", "REC-053"],
      undefined,
      new Map([
        ["__proto__", "x"],
        ["constructor", "y"],
        ["", "z"],
      ]),
      new Map([
        ["__proto__", "x"],
        ["constructor", "y"],
        ["", "z"],
      ]),
    ),
    write("delete", "null deletes a key", ["CTX-013"], { order: 42, step: 1 }, { step: null }, { order: 42 }),
    write(
      "delete-missing",
      "null deletes nothing where there is nothing",
      ["CTX-013"],
      { order: 42 },
      { step: null },
      { order: 42 },
    ),
    write(
      "delete-last",
      "an own part without keys is left out",
      ["CTX-014"],
      { order: 42 },
      { order: null },
      undefined,
    ),
    write(
      "delete-only",
      "null begins no part",
      ["CTX-013", "CTX-014"],
      undefined,
      { order: null },
      undefined,
    ),
    write(
      "inherited-null",
      "an inherited null stays",
      ["CTX-012"],
      { gone: null },
      { step: 1 },
      { gone: null, step: 1 },
    ),
    handling(
      "own-empty",
      "an inherited own part without keys is left out",
      ["CTX-014"],
      input({ [SERVICE]: {} }),
      [draft()],
      [output({ context: caused(1) })],
    ),
  ];
}
