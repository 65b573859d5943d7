import { expect, test } from "vitest";
import { canonicalUuid } from "../../src/record/index.js";

const UUID = "4770a087-16e6-4ec3-93b9-7377b34e8ece";

test.each([
  UUID,
  UUID.toUpperCase(),
  `{${UUID}}`,
  `urn:uuid:${UUID}`,
  `URN:UUID:{${UUID}}`,
  UUID.replaceAll("-", ""),
  "4770a08716e64ec3-93b97377b34e8ece",
])("reads the spelling %s", (text) => {
  expect(canonicalUuid(text)).toBe(UUID);
});

test.each([
  "",
  "nope",
  UUID.slice(1),
  `${UUID}0`,
  `{${UUID}`,
  UUID.replace("4", "g"),
  ` ${UUID}`,
  `${UUID}\n`,
])("refuses %j", (text) => {
  expect(() => canonicalUuid(text, "uuid")).toThrow(
    expect.objectContaining({ code: "INVALID_RECORD", path: "uuid" }),
  );
});
