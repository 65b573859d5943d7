import type { BoundCase } from "../../case.js";
import type { Row } from "../../database.js";
import { Failure } from "../../failure.js";
import { createTopic, mustBeError, read, write } from "../../scenario/command.js";
import { BEGIN } from "../../scenario/cursors.js";
import { add, emit, handler } from "../../scenario/handlers.js";
import { Scenario } from "../../scenario/scenario.js";
import { ticks } from "../../scenario/ticks.js";
import { mustBe, note, offsetsOf } from "../compare.js";
import { RUNS, SQL, store } from "../define.js";
import { mustStand } from "../must-stand.js";
import { opened } from "../opened.js";
import { columnsOf } from "./columns.js";
import { dump, hex } from "./dump.js";
import { makeForeign } from "./foreign.js";
import { TABLES } from "./tables.js";

/** Milliseconds by which two clocks of one machine may differ, as they round. */
const CLOCKS_MS = 5;

/** What stands in the tables, and whose tables they are. */
export const tableCases: readonly BoundCase[] = [
  store({
    name: "sql.tables",
    title: "an empty database gets the tables of the binding, with their columns and keys",
    requirements: ["SQL-001"],
    bindings: SQL,
    async run(context) {
      await opened(context, { notes: 1 });
      const expected = TABLES.flatMap(({ name, columns, key }) =>
        columns.map((column) => {
          const place = key.indexOf(column.name) + 1;
          return `${name}.${column.name} ${column.kind}${column.isNullable ? " or null" : ""} key ${place}`;
        }),
      );
      mustStand(await columnsOf(context), expected, "a column");
    },
  }),
  store({
    name: "sql.foreign",
    title: "tables that others made are used, with what others wrote into them",
    requirements: ["SQL-002"],
    bindings: SQL,
    capabilities: [...RUNS, "state"],
    async run(context) {
      await makeForeign(context);
      const scenario = await Scenario.begin(context);
      const testee = await scenario.opened();
      const numbers = offsetsOf(await read(testee, { topic: "source-events", cursor: BEGIN }));
      mustBe(numbers, ["100", "101", "102", "103", "104"], "what is read");
      const handlers = [handler("eos", { steps: [add(1), emit("Of-h")] })];
      await scenario.complete({ handlers });
      mustBe(scenario.calls(), ["2", "3", "4"], "what is handled");
      const place = { group: "orders", state: "sum", topic: "source-events", partition: 0 };
      const kind = (await context.oracle.state(place, "k"))?.kind;
      mustStand([String(kind?.value)], ["43"], "the state");
    },
  }),
  store({
    name: "sql.newer",
    title: "a database of a newer version is refused, and stays as it is",
    requirements: ["SQL-003"],
    bindings: SQL,
    async run(context) {
      const { testee, binding, database } = context;
      await write(await opened(context, { notes: 1 }), [note("notes", "a")]);
      await testee.kill();
      await database.run("UPDATE eventy_schema SET version = 99");
      const before = await dump(context);
      // Some look into the database only when there is something to do.
      let reply = await testee.call({ case: "open", value: binding.open });
      if (reply.case !== "failed")
        reply = await testee.call({ case: "createTopic", value: { topic: "more", partitions: 1 } });
      if (reply.case !== "failed") throw new Failure("ACCEPTED", "a database of version 99 is used");
      mustBeError(testee, reply.value, "STORE_FAILED");
      await testee.kill();
      mustStand(await dump(context), before, "a row");
    },
  }),
  store({
    name: "sql.rows",
    title: "each column has what the binding says, after writes and a run",
    requirements: ["SQL-004", "STO-021"],
    bindings: SQL,
    capabilities: [...RUNS, "state"],
    async run(context) {
      const scenario = await Scenario.begin(context);
      const testee = await scenario.opened();
      await createTopic(testee, "notes", 2);
      const from = Date.now() - CLOCKS_MS;
      const headers = { "x-a": 'é"', b: "" };
      await write(testee, [
        { topic: "notes", partition: 1, key: "", value: new Uint8Array([0, 255]) },
        { topic: "notes", partition: 1, headers },
      ]);
      await scenario.write(ticks(3));
      await scenario.runToEnd({ handlers: [handler("eos", { steps: [add(5), emit("Of-h")] })] });
      await context.testee.kill();
      const period = { from, to: Date.now() + CLOCKS_MS };
      const at = (time: unknown) => timeText(Number(time), period);
      const lines = async (sql: string, show: (row: Row) => string) =>
        (await context.database.run(sql)).map(show);

      mustStand(
        await lines("SELECT version FROM eventy_schema", ({ version }) => String(version)),
        ["1"],
        "eventy_schema",
      );
      mustStand(
        await lines(
          `SELECT partitions, partition_id, begin_offset, end_offset, appended_at
           FROM eventy_topic JOIN eventy_head USING (topic_id) WHERE name = 'notes'`,
          (row) =>
            `${row["partitions"]} ${row["partition_id"]} ${row["begin_offset"]} ${row["end_offset"]} ${at(row["appended_at"])}`,
        ),
        ["2 0 0 0 never", "2 1 0 2 now"],
        "eventy_topic, eventy_head",
      );
      mustStand(
        await lines(
          `SELECT partition_id, record_offset, appended_at, record_key, value, headers
           FROM eventy_record JOIN eventy_topic USING (topic_id) WHERE name = 'notes'`,
          (row) =>
            `${row["partition_id"]} ${row["record_offset"]} ${at(row["appended_at"])} ${JSON.stringify(row["record_key"])} ${hex(row["value"])} ${sorted(String(row["headers"]))}`,
        ),
        ['1 0 now "" 00ff []', `1 1 now null null ${JSON.stringify(Object.entries(headers).toSorted())}`],
        "eventy_record",
      );
      mustStand(
        await lines(
          `SELECT h.appended_at = max(r.appended_at) AS newest, count(*) = h.end_offset AS whole
           FROM eventy_head h JOIN eventy_record r USING (topic_id, partition_id)
           GROUP BY topic_id, partition_id, h.appended_at, h.end_offset`,
          ({ newest, whole }) => `${Number(newest)} ${Number(whole)}`,
        ),
        ["1 1", "1 1", "1 1"],
        "the time and the end of a head",
      );
      mustStand(
        await lines(
          "SELECT * FROM eventy_cursor JOIN eventy_topic USING (topic_id)",
          (row) =>
            `${row["group_name"]} ${row["name"]} ${row["partition_id"]} ${row["acknowledged"]} ${row["epoch"]} ${row["owner"]} ${row["backend_pid"]} ${row["mark_offset"]} ${row["mark_until"]} ${row["mark_attempt"]}`,
        ),
        ["orders source-events 0 3 1 null null null null null"],
        "eventy_cursor",
      );
      mustStand(
        await lines("SELECT member FROM eventy_member", ({ member }) => String(member)),
        [],
        "eventy_member",
      );
      mustStand(
        await lines(
          "SELECT group_name, state, name, partition_id, state_key, value FROM eventy_state JOIN eventy_topic USING (topic_id)",
          (row) =>
            `${row["group_name"]} ${row["state"]} ${row["name"]} ${row["partition_id"]} ${row["state_key"]} ${hex(row["value"])}`,
        ),
        [`orders sum source-events 0 k ${hex(Buffer.from("15"))}`],
        "eventy_state",
      );
    },
  }),
];

function sorted(headers: string): string {
  return JSON.stringify(Object.entries(JSON.parse(headers)).toSorted());
}

function timeText(time: number, { from, to }: { readonly from: number; readonly to: number }): string {
  if (time === 0) return "never";
  return from <= time && time <= to ? "now" : `at ${time}, which is not now`;
}
