import { MIGRATIONS, type SchemaDialect } from "../../../../sdk-ts/dist/store/sql/migrations.js";

/** What the bare loops call their topics, and how far they have come. */
export const bare = { input: 1, output: 2, group: "bare" } as const;

/** Statements that make the tables of the SDK, and in them two topics of one partition each, and a group. */
export function bareTables(dialect: SchemaDialect): readonly string[] {
  return [
    ...MIGRATIONS.flatMap((migration) => migration(dialect)),
    ...[bare.input, bare.output].flatMap((topic) => [
      `INSERT INTO eventy_topic (topic_id, name, partitions) VALUES (${topic}, 'topic-${topic}', 1)`,
      `INSERT INTO eventy_head (topic_id, partition_id, begin_offset, end_offset, appended_at)
       VALUES (${topic}, 0, 0, 0, 0)`,
    ]),
    `INSERT INTO eventy_cursor (group_name, topic_id, partition_id, acknowledged, epoch)
     VALUES ('${bare.group}', ${bare.input}, 0, 0, 1)`,
  ];
}
