import { Guarantee } from "../../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Facts } from "../facts.js";
import type { Finding } from "../finding.js";
import { placeText } from "../place-text.js";
import { absent } from "./outputs-of.js";

/** What is acknowledged was handled to its end at least once, and its outputs are there. */
export function* atLeastOnce(facts: Facts): Iterable<Finding> {
  for (const task of facts.tasksOf(Guarantee.AT_LEAST_ONCE)) {
    const { handler, input, n, script } = task;
    if (!task.isAcknowledged || facts.crashes(task)) continue;
    const what = `record ${n} at ${placeText(input)} is acknowledged, but the handler ${handler.id}`;
    const heard = facts.heardOf(task);
    const effects = new Set(heard.map(({ effect }) => effect));
    const anomaly = facts.look.settled ? "LOST" : "EARLY-ACKNOWLEDGEMENT";
    const missing = script.effects.find((label) => !effects.has(label));
    if (heard.length === 0) {
      yield { rule: "at-least-once", anomaly, message: `${what} was never called with it` };
    } else if (missing !== undefined) {
      yield { rule: "at-least-once", anomaly, message: `${what} never came to ${missing}` };
    }
    const [first] = script.fate === "finishes" ? absent(facts.outputsOf(task), script.outputs, 1) : [];
    if (first !== undefined) {
      yield { rule: "at-least-once", anomaly: "LOST", message: `${what} left no output ${first}` };
    }
  }
}

/** What stopped its group is not acknowledged. */
export function* stops(facts: Facts): Iterable<Finding> {
  for (const { handler, group, input, n, script, isAcknowledged } of facts.tasks) {
    if (handler.guarantee === Guarantee.AT_MOST_ONCE || !isAcknowledged) continue;
    if (script.fate !== "stops" && script.fate !== "hangs") continue;
    const what = `record ${n} at ${placeText(input)}`;
    yield {
      rule: "stop",
      anomaly: "LOST",
      message: `the group ${group} acknowledged ${what}, which the handler ${handler.id} never finished`,
    };
  }
}
