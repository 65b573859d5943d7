import { readCommitted } from "../../kafka/read-partition.js";
import { describeTopic } from "../../kafka/topics.js";
import type { BoundCase, BoundContext } from "../case.js";
import { handler, type StepInit } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { RUNS } from "../store/define.js";
import { mustStand } from "../store/must-stand.js";
import { kafka } from "./define.js";

/** Groups and states, and what stands for them in the names of topics. */
interface Names {
  readonly groups: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, string>>;
}

const NAMES: Names = {
  groups: { orders: "orders", "of_1.": "of_5F1_2E" },
  states: { sum: "sum", "to tals/": "to_20tals_2F" },
};
const LETTERS: Names = {
  groups: { é_1: "_C3_A9_5F1" },
  states: { sum: "sum", "to tals/é": "to_20tals_2F_C3_A9" },
};

/** The topics that hold states. */
export const stateCases: readonly BoundCase[] = [
  ...(
    [
      ["changelogs", "of names in ASCII", NAMES],
      ["changelogs-letters", "of names with other letters", LETTERS],
    ] as const
  ).map(([name, which, names]) =>
    kafka({
      name,
      title: `the values of a state are in a compacted topic, in the partition of the record: ${which}`,
      requirements: ["KAF-016", "STO-030"],
      capabilities: [...RUNS, "state"],
      run: (context) => mustBeChangelogs(context, names),
    }),
  ),
];

/** Runs a service that keeps states, and looks at their topics. */
async function mustBeChangelogs(context: BoundContext, names: Names): Promise<void> {
  const { cluster } = context.kafka;
  const scenario = await Scenario.begin(context, { partitions: 2 });
  await scenario.write(ticks(6, (n) => ({ key: `k${n % 3}` })));
  const steps = Object.keys(names.states).map(adds);
  const handlers = Object.keys(names.groups).map((group, n) => handler("eos", { id: `h${n}`, group, steps }));
  await scenario.runToEnd({ handlers });
  const expected = Object.values(names.groups).flatMap((group) =>
    Object.values(names.states).map((state) => `${group}.${state}.source-events.changelog`),
  );
  const { topics } = await cluster.describe();
  const changelogs = topics.filter(({ topic }) => topic.endsWith("changelog"));
  mustStand(
    changelogs.map(({ topic, leaders }) => `${topic} ${leaders.length}`),
    expected.map((topic) => `${topic} 2`),
    "the topics of states",
  );
  const inputs = await Promise.all([0, 1].map((partition) => readKeys(context, partition)));
  for (const topic of expected) {
    const settings = await cluster.any(describeTopic(topic));
    const values = await Promise.all(
      [0, 1].map(async (partition) => {
        const latest = new Map<string, string>();
        for (const { key, value } of await readCommitted(cluster, { topic, partition }))
          latest.set(String(key), String(value));
        return [...latest].map(([key, value]) => `${partition} ${key} ${value}`);
      }),
    );
    mustStand(
      [String(settings.get("cleanup.policy")), ...values.flat()],
      ["compact", ...inputs.flatMap((keys, partition) => keys.map((key) => `${partition} ${key} 2`))],
      `the topic ${topic}`,
    );
  }
  scenario.judge();
}

function adds(state: string): StepInit {
  return { step: { case: "addState", value: { state, delta: 1n } } };
}

/** The keys of the records in a partition of the source, each once. */
async function readKeys({ kafka: { cluster } }: BoundContext, partition: number): Promise<readonly string[]> {
  const records = await readCommitted(cluster, { topic: "source-events", partition });
  return [...new Set(records.map(({ key }) => String(key)))];
}
