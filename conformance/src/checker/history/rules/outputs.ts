import { create } from "@bufbuild/protobuf";
import type { Anomaly } from "../../../cases/failure.js";
import { type Draft, DraftSchema } from "../../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { entriesOf, integerValue, mapOf } from "../../../oracle/values.js";
import { type Difference, firstDifference } from "../../compare.js";
import { expectEmission } from "../../emission/expect-emission.js";
import { expectedUuid } from "../derived-uuid.js";
import type { Facts } from "../facts.js";
import type { Finding } from "../finding.js";
import { numberIn } from "../lineage.js";
import { placeText } from "../place-text.js";
import { topicOf } from "../script.js";

/** Outputs say what they must, and stand where they belong. */
export function* outputs(facts: Facts): Iterable<Finding> {
  for (const { task, output, record, scripted } of scriptedOutputs(facts)) {
    const what = `the output ${record.name} of record ${task.n} at ${placeText(output)}`;
    const draft = withCounters(scripted.draft, task.n, scripted.index);
    const outcome = expectEmission(facts.history.service, task.record, [draft]);
    const [expected] = "records" in outcome ? outcome.records : [];
    const difference = expected && firstDifference(expected.record, record, expected.free);
    if (difference) {
      const message = `${what} is not what it must be: ${difference.path}`;
      const { expected: wanted, actual } = difference;
      yield { rule: "output", anomaly: anomalyOf(difference), message, expected: wanted, actual };
    }
    const topic = topicOf(record.type, record.namespace);
    if (output.topic !== topic || output.key !== record.partitionKey) {
      const message = `${what} is not in its topic, or has another key there`;
      yield { rule: "output", anomaly: "MISROUTED", message, expected: topic, actual: output.topic };
    }
  }
}

/** Outputs have the uuids that the protocol gives them. */
export function* outputUuids(facts: Facts): Iterable<Finding> {
  for (const { task, output, record, scripted } of scriptedOutputs(facts)) {
    const uuid = expectedUuid(task.record, task.group, task.handler.id, record, scripted.index);
    if (record.uuid === uuid) continue;
    const what = `the output ${record.name} of record ${task.n} at ${placeText(output)}`;
    const message = `${what} has a uuid that is not computed from its input`;
    yield { rule: "output-uuid", anomaly: "WRONG-UUID", message, expected: uuid, actual: record.uuid };
  }
}

/** Outputs with what the script says of them. */
function* scriptedOutputs(facts: Facts) {
  for (const task of facts.tasks) {
    for (const output of facts.outputsOf(task)) {
      const { record } = output;
      const index = Number((record && numberIn(record, "i")) ?? 0);
      const scripted = task.script.outputs.find(
        (one) => one.draft.name === record?.name && one.index === index,
      );
      if (record && scripted) yield { task, output, record, scripted };
    }
  }
}

function withCounters(draft: Draft, n: string, index: number): Draft {
  const data = entriesOf(draft.data);
  data.set("input", integerValue(BigInt(n)));
  data.set("i", integerValue(BigInt(index)));
  const { type, name, target, context, partition, correlationId } = draft;
  const correlation = correlationId === undefined ? {} : { correlationId };
  return create(DraftSchema, { type, name, target, context, partition, data: mapOf(data), ...correlation });
}

function anomalyOf({ path, expected, actual }: Difference): Anomaly {
  const isInherited = path.startsWith("context") || path === "correlation_id" || path === "partition_key";
  if (!isInherited) return "WRONG-VALUE";
  if (actual === "nothing") return "CONTEXT-DROPPED";
  return expected === "nothing" ? "CONTEXT-LEAKED" : "CONTEXT-CHANGED";
}
