import type { Cluster, Node } from "../../servers/cluster.js";
import type { BoundCase, BoundContext } from "../case.js";
import { NotFired } from "../failure.js";
import { allAcknowledged } from "../scenario/all-acknowledged.js";
import { add, emit, gate, handler, only } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { type TickChanges, ticks } from "../scenario/ticks.js";
import { until, untilReached } from "../scenario/until.js";
import { RUNS, store } from "../store/define.js";

const TOPIC = "source-events";
const PARTITIONS = 3;
const LATE_MS = 300;
/** A request to a server that answers nothing takes its time-out, and so may the next ones. */
const LIMIT_MS = 60_000;
const FIRST = 12;
const ALL = 24;

/** What a case does to one server of a cluster while a service runs. */
interface Trouble {
  readonly name: string;
  readonly title: string;
  /** The server that has it. */
  choose(cluster: Cluster): Promise<Node>;
  begin(node: Node): Promise<void>;
  end(node: Node): Promise<void>;
  /** Whether it keeps a part of the records from being handled. */
  readonly isInTheWay?: true;
}

const KILLED = { begin: (node: Node) => node.kill(), end: (node: Node) => node.restart() };

const TROUBLES: readonly Trouble[] = [
  {
    name: "leader-moves",
    title: "a run goes on when the server that leads a partition is killed and another one leads it",
    choose: (cluster) => cluster.leaderOf(TOPIC, 0),
    ...KILLED,
  },
  {
    name: "coordinator-moves",
    title: "a run goes on when the server that coordinates its group is killed and another one does",
    choose: (cluster) => cluster.coordinatorOf("group", "orders"),
    ...KILLED,
  },
  {
    name: "transactions-move",
    title: "a run goes on when the server that coordinates its transactions is killed and another one does",
    choose: (cluster) => cluster.coordinatorOf("transaction", `eventy:orders:${TOPIC}:0`),
    ...KILLED,
  },
  {
    name: "server-stands-still",
    title: "a run goes on when the server that leads a partition answers nothing any more",
    choose: (cluster) => cluster.leaderOf(TOPIC, 0),
    begin: async (node) => node.pause(),
    end: async (node) => node.resume(),
  },
  {
    name: "slow-server",
    title: "a run goes on when one server takes its time",
    choose: (cluster) => cluster.leaderOf(TOPIC, 0),
    begin: async (node) => node.way.slow(LATE_MS),
    end: async (node) => node.way.slow(0),
  },
  {
    name: "server-cut-off",
    title: "a run goes on when one server cannot be reached for a while",
    choose: (cluster) => cluster.leaderOf(TOPIC, 0),
    async begin(node) {
      node.way.refuse(true);
      node.way.cutAll();
    },
    end: async (node) => node.way.refuse(false),
    isInTheWay: true,
  },
];

/** Three servers that hold one store. */
export const clusterCases: readonly BoundCase[] = TROUBLES.map((trouble) =>
  store({
    name: `cluster.${trouble.name}`,
    title: trouble.title,
    requirements: ["STO-032", "STO-028"],
    bindings: ["kafka"],
    needs: ["cluster", "proxy"],
    capabilities: [...RUNS, "state"],
    run: (context) => runThrough(context, trouble),
  }),
);

/** A service runs while one server of the cluster is in trouble, and handles everything. */
async function runThrough(context: BoundContext, trouble: Trouble): Promise<void> {
  const { cluster, faults } = context;
  const scenario = await Scenario.begin(context, { partitions: PARTITIONS });
  const spread = (n: number): TickChanges => ({ key: `k${n}`, flags: n === FIRST ? ["waits"] : [] });
  await scenario.write(ticks(ALL, spread));
  const steps = [only("waits", gate("g")), add(1), emit("Of-h")];
  const run = await scenario.start({ handlers: [handler("eos", { steps })], maxBatch: 2 });
  await run.next("gate");
  const node = await trouble.choose(cluster);
  await trouble.begin(node);
  const before = faults.requests.length;
  const { refused } = faults;
  await run.release("g");
  if (trouble.isInTheWay) {
    await until("the process misses the server", async () => faults.refused > refused + 1);
    await trouble.end(node);
  }
  const handled = async () => new Set(scenario.calls()).size;
  await untilReached("each record is handled", ALL, handled, "STO-032", LIMIT_MS);
  const isMet = faults.requests.slice(before).some(({ broker }) => broker !== node.index);
  if (!isMet) throw new NotFired("nothing was asked of the other servers while one was in trouble");
  if (!trouble.isInTheWay) await trouble.end(node);
  await allAcknowledged(scenario, TOPIC, PARTITIONS);
  await run.stop();
  await scenario.look(`${trouble.name} was over, and the run ended`, { settled: true });
  scenario.judge({ "exactly-once": "STO-028", progress: "STO-032" });
}
