import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../../store/postgresql/database.js";
import { outputOf, startRecipe } from "../recipe.js";

const path = "exactly-once-into-postgresql/exactly-once-into-postgresql.ts";
let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.end());

it("the balance has each deposit once, also those whose process was killed", async () => {
  expect(await outputOf(path, database.url)).toEqual(["deposited", "ann has 50 cents", "bob has 50 cents"]);

  const killed = startRecipe(path, database.url);
  await killed.hears("deposited");
  await killed.kill();

  expect(await outputOf(path, database.url)).toEqual(["deposited", "ann has 150 cents", "bob has 150 cents"]);
});
