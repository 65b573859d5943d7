import type { Fault, Faults, KafkaRequestName, RequestKind, WireRequest } from "../../faults/faults.js";
import {
  addOffsetsToTxn,
  commitTransaction,
  epochOf,
  initProducerId,
  listTransactions,
  txnOffsetCommit,
} from "../../kafka/transactions.js";
import type { BoundCase, BoundContext } from "../case.js";
import { Failure, NotFired } from "../failure.js";
import { mustBeCalled } from "../processing/called.js";
import { emit, gate, handler, only } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import type { Plan } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { until } from "../scenario/until.js";
import { RUNS } from "../store/define.js";
import { mustStand } from "../store/must-stand.js";
import { kafka } from "./define.js";

const TOPIC = "source-events";
const ID = `eventy:orders:${TOPIC}:0`;
const LEASE_MS = 1000;

/** How claims begin, and what fences them. */
export const claimCases: readonly BoundCase[] = [
  ...(
    [
      ["transactional-id", "of groups in ASCII", ["", "of:this% /"]],
      ["transactional-id-letters", "of groups with other letters", ["é", "日本"]],
    ] as const
  ).map(([name, which, prefixes]) =>
    kafka({
      name,
      title: `a claim writes with the transactional id that its group, topic and partition make: ${which}`,
      requirements: ["KAF-009"],
      capabilities: RUNS,
      run: (context) => mustHaveIds(context, prefixes, `of-${name}`),
    }),
  ),
  kafka({
    name: "cursor-behind-fence",
    title: "a cursor that a transaction of the predecessor moves while a claim begins is found moved",
    requirements: ["KAF-010"],
    needs: ["processes", "proxy"],
    capabilities: RUNS,
    async run(context) {
      const { faults } = context;
      const scenario = await Scenario.begin(context, { leaseMs: LEASE_MS });
      await scenario.write(ticks(3, (n) => (n === 0 ? { flags: ["waits"] } : {})));
      const plan: Plan = { handlers: [handler("eos", { steps: [only("waits", gate("g")), emit("Of-h")] })] };
      const first = await scenario.start(plan);
      await first.next("gate", of(0));
      const commit = holdBefore(faults, "EndTxn", commits);
      await first.release("g");
      await commit.fired(first.ended());
      scenario.pause();
      const begin = holdBefore(faults, "InitProducerId", isInit);
      const other = await scenario.opened(await context.spawn());
      const second = await scenario.start(plan, other);
      await begin.fired(second.ended());
      commit.proceed();
      await until(
        "the transaction of the predecessor is committed",
        async () => (await context.oracle.acknowledged("orders", TOPIC, 0)) === 3,
      );
      begin.proceed();
      await second.release("g");
      await scenario.writeBy(other, ticks(4).slice(3));
      await second.next("effect", of(3));
      scenario.resume();
      await second.stop();
      await first.stop();
      await scenario.look("both have ended", { settled: true });
      scenario.judge({ "exactly-once": "KAF-010", order: "KAF-010" });
      if (scenario.calls("h", second).join() === "3") return;
      throw new Failure("DUPLICATE", "what the predecessor had committed was handled again", {
        requirement: "KAF-010",
        expected: "3",
        actual: scenario.calls("h", second).join(", "),
      });
    },
  }),
  kafka({
    name: "stable-cursor",
    title: "a claim waits for a transaction of somebody else that sets its cursor",
    requirements: ["KAF-018"],
    needs: ["proxy"],
    capabilities: RUNS,
    async run(context) {
      const { cluster } = context.kafka;
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const plan = { handlers: [handler("eos")] };
      await scenario.runToEnd(plan);
      scenario.judge();
      const id = "of-somebody-else";
      const producer = await cluster.coordinator("transaction", id, initProducerId(id));
      await cluster.coordinator("transaction", id, addOffsetsToTxn(producer, "orders"));
      const place = { topic: TOPIC, partition: 0 };
      await cluster.coordinator("group", "orders", txnOffsetCommit(producer, "orders", place, 1));
      const read = context.faults.arm({ kinds: ["OffsetFetch"], nth: 1, moment: "after", action: "hold" });
      const run = await scenario.start(plan);
      await read.fired(run.ended());
      await cluster.coordinator("transaction", id, commitTransaction(producer));
      read.proceed();
      await scenario.write(ticks(4).slice(3));
      await run.next("effect", of(3));
      await run.stop();
      mustBeCalled(scenario, { h: "0 1 2 1 2 3" }, "KAF-018");
    },
  }),
  kafka({
    name: "heartbeat-before-use",
    title: "between its initialisation and what is written with it, a claim asks whether it is a member",
    requirements: ["KAF-011", "KAF-010"],
    needs: ["proxy"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(2));
      await scenario.runToEnd({ handlers: [handler("eos")] });
      scenario.judge();
      const { requests } = context.faults;
      const ids = new Set(requests.filter(isInit).map(({ transactionalId }) => transactionalId));
      if (ids.size === 0) throw new NotFired("no claim was seen to begin");
      for (const id of ids) {
        const init = requests.findIndex((one) => isInit(one) && one.transactionalId === id);
        const use = requests.findIndex((one, at) => at > init && one.transactionalId === id && writes(one));
        const between = requests.slice(init, use < 0 ? undefined : use);
        const asks = (kind: KafkaRequestName) =>
          between.some(({ kinds, group }) => kinds.includes(kind) && group === "orders");
        const details = { actual: `${id}: ${between.map(({ kinds }) => kinds.at(-1)).join(", ")}` };
        if (!asks("Heartbeat") && !probes(between, id))
          throw new Failure(
            "WRONG-VALUE",
            "a claim wrote without having asked whether it is a member after InitProducerId",
            { requirement: "KAF-011", ...details },
          );
        if (!asks("OffsetFetch"))
          throw new Failure("WRONG-VALUE", "a claim wrote without OffsetFetch after InitProducerId", {
            requirement: "KAF-010",
            ...details,
          });
      }
    },
  }),
  kafka({
    name: "late-fence",
    title: "a process that initialises a producer when it is no member any more writes nothing with it",
    requirements: ["KAF-011"],
    needs: ["processes", "proxy"],
    capabilities: RUNS,
    async run(context) {
      const { faults } = context;
      const scenario = await Scenario.begin(context, { leaseMs: LEASE_MS });
      await scenario.write(ticks(3));
      const plan: Plan = { handlers: [handler("eos", { steps: [gate("g"), emit("Of-h")] })] };
      const late = holdBefore(faults, "InitProducerId", isInit);
      const first = await scenario.start(plan);
      await late.fired(first.ended());
      scenario.pause();
      const second = await scenario.start(plan, await scenario.another());
      await second.next("gate", of(0));
      const epoch = () => context.kafka.cluster.coordinator("transaction", ID, epochOf(ID));
      const before = await epoch();
      late.proceed();
      await until("the late request has raised the epoch", async () => (await epoch()) > before);
      const sent = faults.requests.length;
      scenario.resume();
      // Both go on: which of them has the partition at last is up to the group.
      for (const run of [first, second]) await run.release("g");
      await until(
        "all is acknowledged",
        async () => (await context.oracle.acknowledged("orders", TOPIC, 0)) === 3,
        "KAF-011",
      );
      await second.stop();
      await first.stop();
      await scenario.look("both have ended", { settled: true });
      scenario.judge();
      // The other process goes past the proxy.
      const use = faults.requests
        .slice(sent)
        .find((one) => one.transactionalId === ID && (isInit(one) || writes(one)));
      if (use === undefined || isInit(use)) return;
      throw new Failure(
        "WRONG-VALUE",
        "a process that was no member any more wrote with the producer that it had got",
        {
          requirement: "KAF-011",
          expected: "InitProducerId, in another claim, before anything is written",
          actual: use.kinds.at(-1) ?? "",
        },
      );
    },
  }),
];

/** Runs a service with these groups, and looks which ids their claims have. */
/** @param end of the names of groups, by which their ids are known among those of the cases before */
async function mustHaveIds(context: BoundContext, prefixes: readonly string[], end: string): Promise<void> {
  const groups = prefixes.map((prefix) => prefix + end);
  const scenario = await Scenario.begin(context, { partitions: 2 });
  await scenario.write(ticks(4, (n) => ({ key: `k${n}` })));
  await scenario.runToEnd({
    handlers: groups.map((group, n) => handler("eos", { id: `h${n}`, group, steps: [emit(`Of-h${n}`)] })),
  });
  scenario.judge();
  const encoded = groups.map(encodeURIComponent);
  const all = (await context.kafka.cluster.every(() => listTransactions([]))).flat().map(({ id }) => id);
  mustStand(
    all.filter((id) => id.includes(`${end}:`)).toSorted(),
    encoded.flatMap((group) => [0, 1].map((partition) => `eventy:${group}:${TOPIC}:${partition}`)).toSorted(),
    "the transactional ids of the claims",
  );
}

/** Whether a request initialises the producer of a claim. */
function isInit({ kinds, transactionalId }: WireRequest): boolean {
  return kinds.includes("InitProducerId") && (transactionalId ?? "").startsWith("eventy:");
}

/** Whether a request of a transactional id writes, or makes what is written take effect. */
function writes({ kinds }: WireRequest): boolean {
  return (["Produce", "AddPartitionsToTxn", "commit"] as const).some((kind) => kinds.includes(kind));
}

/** Whether a member has been tried by committing an offset in a transaction that is then aborted. */
function probes(requests: readonly WireRequest[], id: WireRequest["transactionalId"]): boolean {
  const own = requests.filter(({ transactionalId }) => transactionalId === id);
  const tried = own.findIndex(({ kinds, member = "" }) => kinds.includes("TxnOffsetCommit") && member !== "");
  return tried >= 0 && own.slice(tried).some(({ kinds }) => kinds.includes("EndTxn"));
}

function commits({ kinds }: WireRequest): boolean {
  return kinds.includes("commit");
}

/** Holds the connection at the next such request, which does not reach the broker before the case says so. */
function holdBefore(faults: Faults, kind: RequestKind, where: (request: WireRequest) => boolean): Fault {
  return faults.arm({ kinds: [kind], where, nth: 1, moment: "before", action: "hold" });
}
