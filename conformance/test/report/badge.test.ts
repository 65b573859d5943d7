import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { badge } from "../../src/report/badge.js";
import { hostileReport } from "../fixtures/hostile-report.js";

function textsOf(svg: string): readonly string[] {
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on("text", (text) => {
    if (text.trim() !== "") texts.push(text);
  });
  parser.write(svg).close();
  return texts;
}

describe("the badge", () => {
  it.each([
    ["Eventy 3.5 Codec(json)+Context", true, "Codec(json)+Context"],
    ["", false, "not conformant"],
    ["", true, "no claim"],
  ])("says what %j claims", (claim, ok, expected) => {
    expect(textsOf(badge({ ...hostileReport(), claim, ok }))).toEqual(["Eventy 3.5", expected]);
  });
});
