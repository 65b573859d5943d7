import { afterAll, describe, expect, it } from "vitest";
import { SqliteStore } from "../../../src/store/sqlite/index.js";
import { startChild } from "./start-child.js";
import { temporaryFolder } from "./temporary-folder.js";

/** The texts of all records of a topic of one partition. */
async function texts(store: SqliteStore, topic: string): Promise<string[]> {
  const partition = { topic, partition: 0 };
  const { end } = await store.bounds(partition);
  const all: string[] = [];
  for (let offset = 0; offset < end; ) {
    const batch = await store.read(partition, offset);
    all.push(...batch.records.map(({ value }) => Buffer.from(value ?? []).toString()));
    offset = batch.next;
  }
  return all;
}

/** The number in the last line that begins with a word. */
function last(lines: readonly string[], word: string): number {
  return Number(lines.findLast((line) => line.startsWith(`${word} `))?.split(" ")[1] ?? -1);
}

describe("a process that is killed", () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);

  it("loses nothing that was acknowledged, and does nothing twice, ten times in a row", async () => {
    const file = folder.path("killed.db");
    const inputs = Array.from({ length: 20_000 }, (_, index) => `${index}`);
    const setup = new SqliteStore(file);
    for (const topic of ["in", "out", "plain"]) await setup.createTopic(topic, 1);
    await setup.append(inputs.map((text) => ({ topic: "in", key: null, value: Buffer.from(text) })));
    await setup.close();

    for (let round = 1; round <= 10; round++) {
      const child = startChild("work", file);
      await child.written(20 * round);
      await child.kill();

      const store = new SqliteStore(file);
      const acknowledged = (await store.acknowledged("g", { topic: "in", partition: 0 })) ?? 0;
      expect(acknowledged).toBeGreaterThanOrEqual(last(child.lines, "acknowledged"));
      expect(await texts(store, "out")).toEqual(inputs.slice(0, acknowledged));
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
    await child.written(1);
    expect(() => new SqliteStore(file)).toThrow(expect.objectContaining({ code: "STORE_IN_USE" }));
    expect(() => new SqliteStore(file)).toThrow(file);
    await child.kill();
    const store = new SqliteStore(file);
    await store.createTopic("a", 1);
    await store.close();
  });
});
