import { deleteGroups } from "../../kafka/groups.js";
import { commitOffset, offsetFetch } from "../../kafka/offsets.js";
import { readCommitted } from "../../kafka/read-partition.js";
import { describeTopic } from "../../kafka/topics.js";
import { murmur2 } from "../../oracle/murmur2.js";
import type { BoundCase, BoundContext } from "../case.js";
import { Failure } from "../failure.js";
import { mustBeCalled } from "../processing/called.js";
import { processing, REPEATING } from "../processing/define.js";
import { emit, gate, handler, only } from "../scenario/handlers.js";
import { readLetters } from "../scenario/letters.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { until } from "../scenario/until.js";
import { RUNS } from "../store/define.js";
import { mustStand } from "../store/must-stand.js";
import { KAFKA, kafka } from "./define.js";

const PLACE = { topic: "source-events", partition: 0 };
const COPIES = "eventy-cursors";
const KEY = "orders:source-events:0";

/** Cursors: how they move, their marks, and their copies. */
export const cursorCases: readonly BoundCase[] = [
  kafka({
    name: "no-plain-commit",
    title: "no offset of a group is committed outside of a transaction",
    requirements: ["KAF-012"],
    needs: ["proxy"],
    capabilities: [...RUNS, "guarantee.alo", "guarantee.amo"],
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      await scenario.write(ticks(6, (n) => ({ key: `k${n}` })));
      const handlers = (["alo", "eos", "amo"] as const).map((guarantee) =>
        handler(guarantee, { id: guarantee, group: guarantee }),
      );
      const run = await scenario.start({ handlers, maxBatch: 2 });
      for (const { id } of handlers) for (let n = 0; n < 6; n++) await run.next("effect", of(n, id));
      await scenario.stop(run);
      scenario.judge();
      const plain = context.faults.requests.filter(({ kinds }) => kinds.includes("OffsetCommit"));
      if (plain.length === 0) return;
      throw new Failure("WRONG-VALUE", "an offset was committed outside of a transaction", {
        requirement: "KAF-012",
        expected: "no OffsetCommit",
        actual: `${plain.length} for ${[...new Set(plain.map(({ group }) => group))].join(", ")}`,
      });
    },
  }),
  ...processing({
    name: "kafka-mark",
    title: "a crash mark is in the metadata of the offset and in its copy, and goes with the commit",
    guarantees: REPEATING,
    requirements: ["KAF-013", "PRC-041"],
    bindings: KAFKA,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(5, (n) => (n === 1 ? { flags: ["waits"] } : {})));
      const steps = [only("waits", gate("g")), emit("Of-h")];
      const run = await scenario.start({ handlers: [handler(guarantee, { steps })], maxBatch: 3 });
      await run.next("gate", of(1));
      const mark = { offset: 0, until: 3, attempt: 0 };
      await mustHave(context, 0, mark);
      await run.release("g");
      await run.next("effect", of(4));
      await run.stop();
      await mustHave(context, 5);
      await scenario.look("the run ended", { settled: true });
      scenario.judge();
    },
  }),
  ...processing({
    name: "kafka-found-mark",
    title: "a crash mark that another implementation left is found, and metadata of another form is none",
    guarantees: REPEATING,
    requirements: ["KAF-013", "PRC-040"],
    bindings: KAFKA,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4));
      const left = async (offset: number, metadata: string) => {
        const { cluster } = context.kafka;
        await cluster.coordinator("group", "orders", commitOffset("orders", PLACE, offset, metadata));
      };
      await left(1, ' { "by": "another", "mark": { "attempt": 3, "until": 3, "offset": 1 } } ');
      const plan = { handlers: [handler(guarantee)] };
      await scenario.runToEnd(plan);
      mustBeCalled(scenario, { h: "2 3" }, "KAF-013");
      const letters = (await readLetters(context)).map(
        ({ origin, attempts }) => `${origin.offset} ${attempts}`,
      );
      mustStand(letters, ["1 3"], "what became of the record under suspicion", { requirement: "KAF-013" });
      await left(3, "noted by a tool");
      await scenario.runToEnd(plan);
      mustBeCalled(scenario, { h: "2 3 3" }, "KAF-013");
    },
  }),
  kafka({
    name: "copies",
    title: "each cursor has a copy in the topic of copies, also where a group begins",
    requirements: ["KAF-014"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context);
      const run = await scenario.start({ handlers: [handler("eos")], maxBatch: 2 });
      await until(
        "the group has begun where there is nothing yet",
        async () => (await context.oracle.acknowledged("orders", PLACE.topic, 0)) === 0,
      );
      await mustHave(context, 0);
      await scenario.write(ticks(5));
      await run.next("effect", of(4));
      await run.stop();
      await mustHave(context, 5);
      await scenario.look("the run ended", { settled: true });
      scenario.judge();
      const { cluster } = context.kafka;
      const { topics } = await cluster.describe();
      const partitions = topics.find(({ topic }) => topic === COPIES)?.leaders.length;
      const settings = await cluster.any(describeTopic(COPIES));
      const names = ["cleanup.policy", "segment.bytes"];
      mustStand(
        [`${partitions} partitions`, ...names.map((name) => `${name}=${settings.get(name)}`)],
        ["16 partitions", "cleanup.policy=compact", "segment.bytes=16777216"],
        "the topic of copies",
      );
    },
  }),
  kafka({
    name: "offsets-forgotten",
    title: "a group whose offsets the cluster has forgotten goes on where the copies say",
    requirements: ["KAF-015", "STO-019"],
    capabilities: RUNS,
    async run(context) {
      const { cluster } = context.kafka;
      const scenario = await Scenario.begin(context);
      const plan = { handlers: [handler("eos")] };
      await scenario.write(ticks(3));
      await scenario.runToEnd(plan);
      await cluster.coordinator("group", "orders", deleteGroups(["orders"]));
      await scenario.write(ticks(5).slice(3));
      await scenario.runToEnd(plan);
      scenario.judge({ "exactly-once": "KAF-015" });
      mustBeCalled(scenario, { h: "0 1 2 3 4" }, "KAF-015");
      // Where there is an offset, that counts, whatever the copy says.
      await cluster.coordinator("group", "orders", commitOffset("orders", PLACE, 4, ""));
      await scenario.runToEnd(plan);
      mustBeCalled(scenario, { h: "0 1 2 3 4 4" }, "KAF-015");
    },
  }),
];

interface Mark {
  readonly offset: number;
  readonly until: number;
  readonly attempt: number;
}

/** Checks the offset of the group and its copy. */
async function mustHave({ kafka: { cluster } }: BoundContext, offset: number, mark?: Mark): Promise<void> {
  const found = await cluster.coordinator("group", "orders", offsetFetch("orders", PLACE));
  mustStand(
    [`${found.offset} ${found.metadata === "" ? "" : shown(found.metadata)}`],
    [`${offset} ${mark === undefined ? "" : text({ mark })}`],
    "the offset of the group and its metadata",
    mark === undefined ? {} : { requirement: "KAF-013" },
  );
  const place = { topic: COPIES, partition: (murmur2(Buffer.from(KEY)) & 0x7fffffff) % 16 };
  const copies = await readCommitted(cluster, place);
  const copy = copies.findLast(({ key }) => key?.toString() === KEY)?.value;
  mustStand(
    [copy == null ? "none" : shown(copy.toString())],
    [text({ acknowledged: offset, ...(mark && { mark }) })],
    `the copy in ${COPIES}/${place.partition}`,
    { requirement: mark === undefined ? "KAF-014" : "KAF-013" },
  );
}

/** A JSON text with its members in order; any other text in quotes. */
function shown(json: string): string {
  try {
    return text(JSON.parse(json));
  } catch {
    return JSON.stringify(json);
  }
}

/** A JSON object with its members in order. */
function text(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `"${name}":${text(member)}`);
  return `{${members.toSorted().join(",")}}`;
}
