import { Guarantee } from "../../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Facts, Task } from "../facts.js";
import type { Finding } from "../finding.js";
import { groupBy } from "../group-by.js";
import type { KeptNumber } from "../history.js";
import type { ScriptedAdd } from "../script.js";

/** Numbers in states are the sums of what acknowledged records added. */
export function* states(facts: Facts): Iterable<Finding> {
  const { states: kept } = facts.look.snapshot;
  // A sum tells of all records, or of none.
  if (kept === undefined || facts.history.hidden !== undefined) return;
  const values = new Map(kept.map((number) => [keyText(number), number.value]));
  const adds = facts
    .tasksOf(Guarantee.EXACTLY_ONCE)
    .flatMap((task) =>
      task.script.fate === "finishes" && !facts.crashes(task)
        ? task.script.adds.map((add) => ({ task, add }))
        : [],
    );
  for (const [key, same] of groupBy(adds, ({ task, add }) => keyText(numberOf(task, add)))) {
    const expected = same.reduce((sum, { task, add }) => sum + (task.isAcknowledged ? add.delta : 0n), 0n);
    const actual = values.get(key) ?? 0n;
    if (actual === expected) continue;
    const isWhole = actual > expected && same.every(({ task }) => task.isAcknowledged);
    yield {
      rule: "state",
      anomaly: isWhole ? "DUPLICATE" : "PARTIAL-TRANSACTION",
      message: `the state ${key} is not the sum of what acknowledged records added`,
      expected: String(expected),
      actual: String(actual),
    };
  }
}

function numberOf({ group, input }: Task, { state, key }: ScriptedAdd): Omit<KeptNumber, "value"> {
  return { group, state, topic: input.topic, partition: input.partition, key };
}

function keyText({ group, state, topic, partition, key }: Omit<KeptNumber, "value">): string {
  return `${state} of the group ${group} in ${topic}/${partition}, key ${JSON.stringify(key)}`;
}
