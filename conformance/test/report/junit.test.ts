import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { junitReport } from "../../src/report/junit.js";
import { hostileReport } from "../fixtures/hostile-report.js";

interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
}

/** The elements of an XML document; throws if it is not well-formed. */
function elements(xml: string): readonly Element[] {
  const found: Element[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => found.push({ name, attributes }));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return found;
}

describe("the JUnit report", () => {
  const found = elements(junitReport(hostileReport()));
  const all = (name: string): readonly Element[] => found.filter((one) => one.name === name);

  it("has a suite for each profile and a test for each case", () => {
    expect(all("testsuite").map(({ attributes }) => attributes)).toMatchObject([
      { name: "codec.json", tests: "8", failures: "2", errors: "2", skipped: "3" },
      { name: "context", tests: "1", failures: "0", errors: "0", skipped: "0" },
    ]);
    expect(all("testcase").map(({ attributes }) => attributes["name"])).toContain("codec.json.fail");
  });

  it("says where stores were", () => {
    expect(all("property").map(({ attributes }) => attributes)).toContainEqual({
      name: "binding",
      value: "memory (self-observed)",
    });
  });

  it("is red for what is unexpected, with the anomaly as its type", () => {
    const types = [...all("failure"), ...all("error")].map(({ attributes }) => attributes["type"]);
    expect(types).toEqual(["WRONG-VALUE", "UNEXPECTED-PASS", "INCONCLUSIVE", "ADAPTER_ERROR"]);
  });
});
