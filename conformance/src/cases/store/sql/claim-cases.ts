import type { BoundCase } from "../../case.js";
import { Failure } from "../../failure.js";
import { add, emit, gate, handler, only } from "../../scenario/handlers.js";
import { of } from "../../scenario/of.js";
import { Scenario } from "../../scenario/scenario.js";
import { ticks } from "../../scenario/ticks.js";
import { until } from "../../scenario/until.js";
import type { Run } from "../../testee.js";
import { mustBe } from "../compare.js";
import { PG, RUNS, SQL, store } from "../define.js";
import { mustStand } from "../must-stand.js";
import { cursorRows, memberRows } from "./look.js";
import { addMember, owned, passed, staysAlive } from "./members.js";

const LEASE_MS = 1000;
const TOPIC = "source-events";

/** Rows of members and cursors: who has which partition, and for how long. */
export const claimCases: readonly BoundCase[] = [
  store({
    name: "sql.epoch",
    title: "each claim raises the epoch of its cursor, and names its owner until it is given back",
    requirements: ["SQL-011", "SQL-013"],
    bindings: SQL,
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4, (n) => (n === 3 ? { flags: ["waits"] } : {})));
      const plan = { handlers: [handler("eos", { steps: [only("waits", gate("g")), emit("Of-h")] })] };
      const run = await scenario.start(plan);
      await run.next("gate", of(3));
      await scenario.kill("with a claim");
      const [held] = await cursorRows(context.database, "orders", TOPIC);
      mustStand([`${held?.epoch} ${held?.owner !== null}`], ["1 true"], "epoch and owner of the first claim");
      await scenario.change("UPDATE eventy_member SET expires_at = 0");
      await scenario.runToEnd(plan, { open: ["g"] });
      await context.testee.kill();
      const [free] = await cursorRows(context.database, "orders", TOPIC);
      mustStand([`${free?.epoch} ${free?.owner}`], ["2 null"], "epoch and owner after the second claim");
      scenario.judge();
    },
  }),
  store({
    name: "sql.leaves-in-order",
    title: "a run that ends in order gives back its claims, leaves no row of a member and no mark",
    requirements: ["SQL-013"],
    bindings: SQL,
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      const plan = { handlers: [handler("eos")] };
      const write = async (from: number, to: number): Promise<void> => {
        await scenario.write(ticks(to, (n) => ({ key: `k${n}` })).slice(from));
      };
      const check = async (how: string): Promise<void> => {
        await scenario.kill(`after ${how}`);
        const rows = await cursorRows(context.database, "orders", TOPIC);
        const shown = rows.map(({ owner, isMarked }) => `${owner} ${isMarked}`);
        mustStand(shown, ["null false", "null false"], `what a cursor has after ${how}`);
        const members = (await memberRows(context.database, "orders")).map(({ member }) => String(member));
        mustStand(members, [], `eventy_member after ${how}`);
      };
      await write(0, 4);
      await scenario.runToEnd(plan);
      await check("a run to the end");
      await write(4, 8);
      const run = await scenario.start(plan);
      await run.next("effect", of(7));
      await run.stop();
      await check("a run that was told to end");
    },
  }),
  store({
    name: "sql.live-owner",
    title: "a partition is another's as long as that is alive, and free when its lease has run out",
    requirements: ["SQL-012"],
    bindings: PG,
    capabilities: RUNS,
    async run(context) {
      const { database } = context;
      const scenario = await Scenario.begin(context, { partitions: 2, leaseMs: LEASE_MS });
      await scenario.write(ticks(8, (n) => ({ key: `k${n}` })));
      await addMember(context, "other");
      for (const partition of [0, 1])
        await database.run(
          `INSERT INTO eventy_cursor (group_name, topic_id, partition_id, acknowledged, epoch, owner)
           SELECT 'orders', topic_id, $2::bigint, 0, 1, 'other' FROM eventy_topic WHERE name = $1`,
          [TOPIC, partition],
        );
      const run = await scenario.start({ handlers: [handler("eos")] });
      await passed(context, LEASE_MS * 1.5);
      mustBe(scenario.calls(), [], "what was handled of partitions that another has");
      await database.run("UPDATE eventy_member SET expires_at = 0 WHERE member = 'other'");
      for (let n = 0; n < 8; n++) await run.next("effect", of(n));
      await scenario.stop(run);
      scenario.judge();
    },
  }),
  store({
    name: "sql.shares",
    title: "a member claims its share and leaves that of others alone, as all members compute it",
    requirements: ["SQL-020"],
    bindings: PG,
    capabilities: RUNS,
    async run(context) {
      const { database } = context;
      const scenario = await Scenario.begin(context, { partitions: 4, leaseMs: LEASE_MS });
      await addMember(context, "!");
      const run = await scenario.start({ handlers: [handler("eos")] });
      // "!" comes before all others: of partitions that nobody has, the first and the third are its.
      await owned(context, [false, true, false, true]);
      await database.run("DELETE FROM eventy_member WHERE member = '!'");
      await owned(context, [true, true, true, true]);
      // What changes hands is as little as possible: the first ones, until the shares are even.
      await addMember(context, "!");
      await owned(context, [false, false, true, true]);
      await passed(context, LEASE_MS);
      await owned(context, [false, false, true, true]);
      await scenario.write(ticks(16, (n) => ({ key: `k${n}` })));
      await database.run("DELETE FROM eventy_member WHERE member = '!'");
      for (let n = 0; n < 16; n++) await run.next("effect", of(n));
      await scenario.stop(run);
      scenario.judge();
    },
  }),
  store({
    name: "sql.renewal",
    title: "a lease is renewed while a handler runs, and while a transaction waits for a lock",
    requirements: ["SQL-009", "STO-025"],
    bindings: PG,
    capabilities: RUNS,
    async run(context) {
      const { database } = context;
      const leaseMs = 2000;
      const scenario = await Scenario.begin(context, { leaseMs });
      await scenario.write(ticks(2));
      const run = await scenario.start({ handlers: [handler("eos", { steps: [gate("g"), emit("Of-h")] })] });
      await run.next("gate", of(0));
      const lock = await database.begin();
      await lock.run("SELECT epoch FROM eventy_cursor FOR UPDATE");
      await staysAlive(context, leaseMs * 1.5);
      await run.release("g");
      await run.next("effect", of(1));
      await staysAlive(context, leaseMs * 1.5);
      await lock.commit();
      await until(
        "the batch is acknowledged",
        async () => (await cursorRows(database, "orders", TOPIC))[0]?.acknowledged === 2,
        "SQL-009",
      );
      await scenario.stop(run);
      scenario.judge();
    },
  }),
  ...(["eos", "alo"] as const).map((guarantee) =>
    store({
      name: `sql.epoch-fence-${guarantee}`,
      title: "nothing of a claim is committed once the epoch of its cursor was raised, whoever did it",
      requirements: ["SQL-015", "STO-026", ...(guarantee === "alo" ? ["PRC-017"] : [])],
      bindings: PG,
      capabilities: [`guarantee.${guarantee}`, ...(guarantee === "eos" ? ["state"] : [])],
      async run(context) {
        const scenario = await Scenario.begin(context);
        await scenario.write(ticks(2));
        const steps = [gate("g"), ...(guarantee === "eos" ? [add(1)] : []), emit("Of-h")];
        const plan = { handlers: [handler(guarantee, { steps })] };
        const run = await scenario.start(plan);
        await run.next("gate", of(0));
        await context.database.run("UPDATE eventy_cursor SET epoch = epoch + 1");
        await endAtGate(run, "g");
        await scenario.look("the epoch was raised while a handler ran, and the run ended");
        const [cursor] = await cursorRows(context.database, "orders", TOPIC);
        const outputs = await context.oracle.records("orders-events");
        if (cursor?.acknowledged !== 0 || outputs.length > 0) {
          throw new Failure("ZOMBIE-COMMIT", "what was written through a claim of an old epoch is there", {
            requirement: guarantee === "alo" && cursor?.acknowledged === 0 ? "PRC-017" : "SQL-015",
            actual: `acknowledged ${cursor?.acknowledged}, ${outputs.length} outputs`,
          });
        }
        // Whoever had raised it gives the partition back.
        await context.database.run("UPDATE eventy_cursor SET owner = NULL");
        await scenario.runToEnd(plan, { open: ["g"] });
        scenario.judge();
      },
    }),
  ),
];

/** Ends a run of which a handler waits at a gate: it is told to end first, so that nothing is begun anew. */
async function endAtGate(run: Run, name: string): Promise<void> {
  const ended = run.stop();
  await run.release(name);
  await ended;
}
