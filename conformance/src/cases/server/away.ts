import { lineageOf } from "../../checker/index.js";
import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase, BoundContext } from "../case.js";
import { Failure } from "../failure.js";
import { MAIN, processing } from "../processing/define.js";
import { must, write, writing } from "../scenario/command.js";
import { emit, type GuaranteeName, gate, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import type { Plan } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { kept } from "../scenario/snapshot.js";
import { ticks } from "../scenario/ticks.js";
import { until } from "../scenario/until.js";
import { PG, RUNS, SERVED, store } from "../store/define.js";
import { cursorRows } from "../store/sql/look.js";

/** A process finds out by its fence that it has lost a partition, and seldom by a look at its group before. */
const LEASE_MS = 6000;
const TOPIC = "source-events";
/** What keeps outputs away that are written for a partition of somebody else. */
const FENCES = { alo: "PRC-017", amo: "STO-026", eos: "STO-026" } as const;
/** Keys of two partitions. */
const ON_FIRST = { key: "a" };
const ON_SECOND = { key: "abc" };

/** A server that cannot be reached for a while, and a partition that another one had for a while. */
export const awayCases: readonly BoundCase[] = [
  store({
    name: "server.restart",
    title: "a process works again when its server does, in a run and without",
    requirements: ["STO-032", "STO-028"],
    bindings: SERVED,
    needs: ["server"],
    capabilities: RUNS,
    async run(context) {
      const { server, testee } = context;
      const scenario = await Scenario.begin(context);
      await must(testee, { case: "createTopic", value: { topic: "notes", partitions: 1 } }, "done");
      const first = { topic: "notes", key: "k", value: Buffer.from("a") };
      await write(testee, [first]);
      await scenario.write(ticks(4, (n) => ({ flags: n === 2 ? ["waits"] : [] })));
      const steps = [only("waits", gate("g")), emit("Of-h")];
      const handlers = [
        handler("eos", { steps }),
        handler("alo", { id: "a", group: "a" }),
        handler("amo", { id: "m", group: "m", steps: [] }),
      ];
      const run = await scenario.start({ handlers });
      // All three are under way.
      await run.next("gate");
      for (const id of ["a", "m"]) await run.next("effect", of(3, id));
      await server.kill();
      await run.release("g");
      const reply = await testee.call(writing([first]));
      if (reply.case !== "failed")
        throw new Failure("ACCEPTED", "answered `write` although there is no server");
      await server.restart();
      await until(
        "the same process writes again",
        async () => (await testee.call(writing([first]))).case === "written",
        "STO-032",
      );
      await scenario.write(ticks(6).slice(4));
      for (const id of ["h", "a", "m"]) await run.next("effect", of(5, id));
      await run.stop();
      await scenario.look("the server was killed and came back", { settled: true });
      scenario.judge({ "exactly-once": "STO-032", progress: "STO-032", "at-least-once": "STO-032" });
    },
  }),
  ...processing({
    name: "store-away",
    title: "that the store cannot be reached for a while is no failure of a handler",
    requirements: (guarantee) => ["PRC-033", "STO-032", MAIN[guarantee]],
    bindings: SERVED,
    needs: ["proxy"],
    run: runWithout,
  }),
  ...processing({
    name: "fenced-goes-on",
    title: "a process that has lost a partition goes on with its others, and with that one when it is free",
    requirements: (guarantee) => ["PRC-035", "PRC-033", FENCES[guarantee]],
    bindings: PG,
    run: loseOne,
  }),
  ...processing({
    name: "fenced-claims-anew",
    title: "a process that was fenced in a partition goes on with its others, and claims that one anew",
    requirements: (guarantee) => ["PRC-035", "PRC-033", FENCES[guarantee]],
    bindings: ["kafka"],
    run: fenceOne,
  }),
];

/** The store is away while a handler runs, and comes back when it was missed. */
async function runWithout(context: BoundContext, guarantee: GuaranteeName): Promise<void> {
  const { faults } = context;
  const scenario = await Scenario.begin(context);
  await scenario.write(ticks(6, (n) => ({ flags: n === 1 ? ["waits"] : [] })));
  // What an at-most-once handler emits may be of unknown outcome, which ends the run.
  const emits = guarantee === "amo" ? [] : [emit("Of-h")];
  const steps = [only("waits", gate("g")), ...emits];
  const onError = Policy.DEAD_LETTER;
  const run = await scenario.start({
    handlers: [handler(guarantee, { steps, onError })],
    maxBatch: 2,
    untilEnd: true,
  });
  await run.next("gate");
  faults.refuse(true);
  faults.cutAll();
  const before = faults.refused;
  await run.release("g");
  await until("the process misses the store", async () => faults.refused > before + 1);
  faults.refuse(false);
  await scenario.endInOrder(run);
  await scenario.look("the store was away, and the run ended", { settled: true });
  scenario.judge({ "dead-letter": "PRC-033", progress: "PRC-033" });
}

/** The fence of one of two partitions is another one's while a handler has it; the group still gives it to this process. */
async function fenceOne(context: BoundContext, guarantee: GuaranteeName): Promise<void> {
  const scenario = await Scenario.begin(context, { partitions: 2 });
  await scenario.write(ticks(2, (n) => ({ ...ON_FIRST, flags: n === 1 ? ["waits"] : [] })));
  const steps = [only("waits", gate("g")), emit("Of-h")];
  const run = await scenario.start({
    handlers: [handler(guarantee, { steps, onError: Policy.DEAD_LETTER })],
  });
  const waits = await run.next("gate", of(1));
  await context.backdoor.fence("orders", TOPIC, waits.delivery?.partition ?? 0);
  await run.release("g");
  await scenario.write(ticks(5, (n) => (n === 4 ? ON_FIRST : ON_SECOND)).slice(2));
  for (const n of [2, 3, 4]) await run.next("effect", of(n));
  if (guarantee !== "amo" && scenario.calls().filter((call) => call === "1").length < 2) {
    throw new Failure(
      "ZOMBIE-COMMIT",
      "a process went on with a claim whose transactional id another one has",
      {
        requirement: FENCES[guarantee],
      },
    );
  }
  await run.stop();
  await scenario.look("the process was fenced in one partition, and the run ended", { settled: true });
  scenario.judge({ "dead-letter": "PRC-033", progress: "PRC-035", "exactly-once": "PRC-035" });
}

/** Somebody else takes one of two partitions while a handler has it, and gives it back. */
async function loseOne(context: BoundContext, guarantee: GuaranteeName): Promise<void> {
  const { database } = context;
  const scenario = await Scenario.begin(context, { partitions: 2, leaseMs: LEASE_MS });
  await scenario.write(ticks(2, (n) => ({ ...ON_FIRST, flags: n === 1 ? ["waits"] : [] })));
  const steps = [only("waits", gate("g")), emit("Of-h")];
  const plan: Plan = { handlers: [handler(guarantee, { steps, onError: Policy.DEAD_LETTER })] };
  const run = await scenario.start(plan);
  const waits = await run.next("gate", of(1));
  const partition = waits.delivery?.partition ?? 0;
  const [held] = (await cursorRows(database, "orders", TOPIC)).filter((row) => row.partition === partition);
  const start = held?.acknowledged ?? 0;
  await database.run("INSERT INTO eventy_member VALUES ('other', 'orders', $1, $2)", [
    JSON.stringify([TOPIC]),
    Date.now() + 3_600_000,
  ]);
  await database.run(
    "UPDATE eventy_cursor SET epoch = epoch + 1, owner = 'other', backend_pid = NULL WHERE partition_id = $1",
    [partition],
  );
  await run.release("g");
  await scenario.write(ticks(4, () => ON_SECOND).slice(2));
  await run.next("effect", of(2));
  await run.next("effect", of(3));
  await scenario.look("another one has a partition");
  const outputs = (await context.oracle.records("orders-events", 2)).map(kept);
  const [now] = (await cursorRows(database, "orders", TOPIC)).filter((row) => row.partition === partition);
  const isThere = outputs.some(({ record }) => record && lineageOf(record) === "1");
  if (now?.acknowledged !== start || isThere) {
    throw new Failure("ZOMBIE-COMMIT", "a process wrote for a partition that another one has", {
      requirement: isThere ? FENCES[guarantee] : "PRC-035",
      expected: `acknowledged ${start}, no output of record 1`,
      actual: `acknowledged ${now?.acknowledged}${isThere ? ", and an output of it" : ""}`,
    });
  }
  await database.run("DELETE FROM eventy_member WHERE member = 'other'");
  await database.run("UPDATE eventy_cursor SET owner = NULL WHERE owner = 'other'");
  await scenario.write(ticks(5, () => ON_FIRST).slice(4));
  await run.next("effect", of(4));
  const end = await run.stop();
  if (end.case !== "done")
    throw new Failure("STALLED", "a lost partition ended the run", { requirement: "PRC-035" });
  await scenario.look("the partition was free again, and the run ended", { settled: true });
  scenario.judge({ "dead-letter": "PRC-033", progress: "PRC-035", "exactly-once": "PRC-035" });
}
