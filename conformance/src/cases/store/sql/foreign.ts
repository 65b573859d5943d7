import type { BoundContext } from "../../case.js";
import { stored, ticks } from "../../scenario/ticks.js";
import { creationOf } from "./tables.js";

const FOREIGN_ID = 17;

/** Tables as someone else may have made and filled them: five records, of which the group has handled two. */
export async function makeForeign({ binding, database }: BoundContext): Promise<void> {
  for (const statement of creationOf(binding.name)) await database.run(statement);
  await database.run("INSERT INTO eventy_schema VALUES (1)");
  await database.run("INSERT INTO eventy_topic VALUES ($1, 'source-events', 1)", [FOREIGN_ID]);
  for (const [n, { key, value, headers }] of ticks(5).map(stored).entries()) {
    await database.run("INSERT INTO eventy_record VALUES ($1, 0, $2, $3, $4, $5, $6)", [
      FOREIGN_ID,
      100 + n,
      1000 + n,
      key ?? null,
      value ?? null,
      JSON.stringify(headers),
    ]);
  }
  await database.run("INSERT INTO eventy_head VALUES ($1, 0, 100, 105, 1004)", [FOREIGN_ID]);
  await database.run(
    `INSERT INTO eventy_cursor (group_name, topic_id, partition_id, acknowledged, epoch, owner)
     VALUES ('orders', $1, 0, 102, 7, 'someone who is dead')`,
    [FOREIGN_ID],
  );
  await database.run("INSERT INTO eventy_state VALUES ('orders', 'sum', $1, 0, 'k', $2)", [
    FOREIGN_ID,
    Buffer.from("40"),
  ]);
}
