import { describe, expect, it } from "vitest";
import { htmlReport } from "../../src/report/html/html.js";
import { hostileReport } from "../fixtures/hostile-report.js";

const html = htmlReport(hostileReport());

describe("the HTML report", () => {
  it("escapes whatever a testee says", () => {
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!\])/i);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).toContain("\\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none
    expect(html).not.toMatch(/[\u0000\u001b]/);
    expect(html.isWellFormed()).toBe(true);
  });

  it("says where stores were, and who told what was in them", () => {
    expect(html).toContain("<dt>Stores</dt><dd>memory (self-observed)</dd>");
  });

  it("needs nothing from the network and runs no script", () => {
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/https?:|<link|@import|url\(/);
  });

  it("leads from each tile and row to what it is about", () => {
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(5);
    for (const id of targets) expect(html.split(`id="${id}"`)).toHaveLength(2);
  });

  it("colours a requirement by the worst of its cases", () => {
    expect(html).toMatch(/<a class="fail" href="#codec.json.fail" title="X-002/);
    expect(html).toMatch(/<a class="unknown" href="#codec.json.fail" title="X-001/);
  });

  it("shows a failure opened, and a known one closed", () => {
    expect(html).toMatch(/<details class="finding fail" id="codec.json.fail" open>/);
    expect(html).toMatch(/<details class="finding known" id="codec.json.known">/);
  });
});
