import Database from "libsql";
import { expect, test } from "vitest";
import type { Claim } from "../../../src/store/index.js";
import { SqliteStore } from "../../../src/store/sqlite/index.js";
import { temporaryFolder } from "../../temporary-folder.js";

const folder = temporaryFolder();

test("offsets without records are passed over, and are not waited for at the end", async () => {
  const file = folder.path("gaps.db");
  const written = new SqliteStore(file);
  await written.createTopic("t", 1);
  await written.append(Array.from({ length: 6 }, (_, i) => ({ topic: "t", key: null, value: Buffer.of(i) })));
  await written.close();
  const database = new Database(file);
  database.exec("DELETE FROM eventy_record WHERE record_offset IN (1, 2, 5)");
  database.close();

  const store = new SqliteStore(file);
  const member = await store.join({ group: "g", topics: ["t"] });
  const claim: Claim = (await member.claims().next()).value;
  const batch = await claim.fetch();
  expect(batch.records.map(({ offset }) => offset)).toEqual([0, 3, 4]);
  expect(await member.atEnd()).toBe(false);
  await claim.commit({ acknowledge: batch.next });
  expect(await member.atEnd()).toBe(true);
  await store.close();
});
