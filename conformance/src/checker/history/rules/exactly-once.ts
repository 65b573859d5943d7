import { Guarantee } from "../../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Facts, Task } from "../facts.js";
import type { Finding } from "../finding.js";
import { groupBy } from "../group-by.js";
import { placeText } from "../place-text.js";
import { absent, listed, repeated } from "./outputs-of.js";

/** What is acknowledged has its outputs once for each place where it stands; what is not has none. */
export function* exactlyOnce(facts: Facts): Iterable<Finding> {
  const tasks = facts.tasksOf(Guarantee.EXACTLY_ONCE);
  for (const same of groupBy(tasks, ({ handler, n }) => `${handler.id} ${n}`).values()) {
    const [task] = same;
    if (task !== undefined) yield* outputs(facts, task, same);
  }
}

function* outputs(facts: Facts, task: Task, same: readonly Task[]): Iterable<Finding> {
  const { handler, input, n, script } = task;
  const found = facts.outputsOf(task);
  const acknowledged = same.filter(({ isAcknowledged }) => isAcknowledged).length;
  const finishes = script.fate === "finishes" && !facts.crashes(task);
  const wanted = finishes ? acknowledged : 0;
  const what = `record ${n} at ${placeText(input)}, handled by ${handler.id},`;
  if (wanted === 0) {
    if (found.length === 0) return;
    const why = finishes ? "is not acknowledged, but" : "failed, but";
    const message = `${what} ${why} left outputs`;
    yield { rule: "exactly-once", anomaly: "ORPHAN-OUTPUT", message, actual: listed(found) };
    return;
  }
  const missing = absent(found, script.outputs, wanted);
  if (missing.length > 0) {
    const isLost = found.length === 0;
    yield {
      rule: "exactly-once",
      anomaly: isLost ? "LOST" : "PARTIAL-TRANSACTION",
      message: `${what} is acknowledged, but ${isLost ? "left no outputs" : "its outputs are not all there"}`,
      expected: missing.slice(0, 3).join(", "),
      actual: listed(found),
    };
  }
  const twice = repeated(found, wanted);
  if (twice.length > 0) {
    yield {
      rule: "exactly-once",
      anomaly: "DUPLICATE",
      message: `${what} has one output ${twice.length} times`,
      expected: wanted === 1 ? "once" : `${wanted} times`,
      actual: listed(twice),
    };
  }
}
