import { describe, expect, it } from "vitest";
import { SqliteStore } from "../../../src/store/sqlite/index.js";
import { Program } from "../../program.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { count, gaplessTextsIn, recordsOf } from "../records.js";

/** A process that has a store open, see `child.ts`. */
function startChild(mode: "hold" | "work", file: string): Program {
  return new Program(new URL("./child.ts", import.meta.url), mode, file);
}

/** The number in the last line that begins with a word. */
function last(lines: readonly string[], word: string): number {
  return Number(lines.findLast((line) => line.startsWith(`${word} `))?.split(" ")[1] ?? -1);
}

describe("a process that is killed", () => {
  const folder = temporaryFolder();

  it("loses nothing that was acknowledged, and does nothing twice, ten times in a row", async () => {
    const file = folder.path("killed.db");
    const inputs = count(20_000);
    const setup = new SqliteStore(file);
    for (const topic of ["in", "out", "plain"]) await setup.createTopic(topic, 1);
    await setup.append(recordsOf("in", 0, inputs));
    await setup.close();

    for (let round = 1; round <= 10; round++) {
      const child = startChild("work", file);
      await child.until((lines) => lines.length >= 20 * round);
      await child.kill();

      const store = new SqliteStore(file);
      const acknowledged = (await store.acknowledged("g", { topic: "in", partition: 0 })) ?? 0;
      expect(acknowledged).toBeGreaterThanOrEqual(last(child.lines, "acknowledged"));
      expect(await gaplessTextsIn(store, "out")).toEqual(inputs.slice(0, acknowledged));
      expect((await store.bounds({ topic: "plain", partition: 0 })).end).toBeGreaterThan(
        last(child.lines, "appended"),
      );
      const member = await store.join({ group: "g", topics: ["in"] });
      const { value: claim } = await member.claims().next();
      expect(claim.acknowledged).toBe(acknowledged);
      expect(Buffer.from((await claim.state("count", "next")) ?? []).toString()).toBe(`${acknowledged}`);
      await store.close();
    }
  });

  it("has the file to itself until then, and not longer", async () => {
    const file = folder.path("held.db");
    const child = startChild("hold", file);
    await child.hears("open");
    expect(() => new SqliteStore(file)).toThrow(expect.objectContaining({ code: "STORE_IN_USE" }));
    expect(() => new SqliteStore(file)).toThrow(file);
    await child.kill();
    const store = new SqliteStore(file);
    await store.createTopic("a", 1);
    await store.close();
  });
});
