import { Guarantee } from "../../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Facts, Task } from "../facts.js";
import type { Finding } from "../finding.js";
import { placeText } from "../place-text.js";
import { listed, repeated } from "./outputs-of.js";

/** No handler is called twice with a record, and nothing happens before the record is acknowledged. */
export function* atMostOnce(facts: Facts): Iterable<Finding> {
  const tasks = facts.tasksOf(Guarantee.AT_MOST_ONCE);
  for (const task of tasks) {
    const { handler, input, n, isAcknowledged } = task;
    const what = `the handler ${handler.id} was called with record ${n} at ${placeText(input)}`;
    const calls = facts.heardOf(task).filter(({ effect }) => effect === undefined).length;
    if (calls > 1) {
      const message = `${what} more than once`;
      yield { rule: "at-most-once", anomaly: "DUPLICATE", message, actual: `${calls} times` };
    }
    const places = tasks.filter((other) => other.handler === handler && other.n === n).length;
    const twice = repeated(facts.outputsOf(task), places);
    if (twice.length > 0) {
      const message = `an output of the handler ${handler.id} for record ${n} is there more than once`;
      yield { rule: "at-most-once", anomaly: "DUPLICATE", message, actual: listed(twice) };
    }
    if (!isAcknowledged && facts.wasCalled(task)) {
      const message = `${what} before its acknowledgement was durable`;
      yield { rule: "acknowledged-first", anomaly: "EARLY-START", message };
    }
  }
}

/** What is acknowledged had its turn, unless a process was killed that may have had it in hand. */
export function* turns(facts: Facts, earlier: readonly Facts[]): Iterable<Finding> {
  if (!facts.look.settled) return;
  const kills = [...earlier, facts].filter(({ look }) => look.killed);
  for (const task of facts.tasksOf(Guarantee.AT_MOST_ONCE)) {
    const { handler, input, n, isAcknowledged } = task;
    if (!isAcknowledged || facts.heardOf(task).length > 0) continue;
    if (kills.some((kill) => isInHand(kill, task)) || facts.crashes(task)) continue;
    yield {
      rule: "turn",
      anomaly: "SKIPPED-TURN",
      message: `record ${n} at ${placeText(input)} is acknowledged, but the handler ${handler.id} was never called with it`,
    };
  }
}

/** Whether a record was of the batch that was acknowledged last before a kill. */
function isInHand(kill: Facts, { group, input }: Task): boolean {
  const acknowledged = kill.acknowledged(group, input);
  return input.offset < acknowledged && kill.recordsFrom(input, acknowledged) <= kill.history.maxBatch;
}
