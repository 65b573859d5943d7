import { create } from "@bufbuild/protobuf";
import type { Anomaly } from "../../../cases/failure.js";
import { type Draft, DraftSchema } from "../../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { entriesOf, integerValue, mapOf } from "../../../oracle/values.js";
import { type Difference, firstDifference } from "../../compare.js";
import { expectEmission } from "../../emission/expect-emission.js";
import { expectedUuid } from "../derived-uuid.js";
import { type Facts, numberIn, placeText, type Task } from "../facts.js";
import type { Finding } from "../finding.js";
import type { KeptRecord } from "../history.js";
import { topicOf } from "../script.js";

/** Outputs say what they must, have the uuid that the protocol gives them, and stand where they belong. */
export function* outputs(facts: Facts): Iterable<Finding> {
  for (const task of facts.tasks) {
    for (const output of facts.outputsOf(task)) yield* judgeOutput(facts.history.service, task, output);
  }
}

function* judgeOutput(service: string, task: Task, output: KeptRecord): Iterable<Finding> {
  const { record } = output;
  const index = Number((record && numberIn(record, "i")) ?? 0);
  const scripted = task.script.outputs.find(
    ({ draft, index: i }) => draft.name === record?.name && i === index,
  );
  if (!record || !scripted) return;
  const what = `the output ${record.name} of record ${task.n} at ${placeText(output)}`;
  const outcome = expectEmission(service, task.record, [withCounters(scripted.draft, task.n, index)]);
  const [expected] = "records" in outcome ? outcome.records : [];
  if (!expected) return;
  const difference = firstDifference(expected.record, record, expected.free);
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
  const uuid = expectedUuid(task.record, task.group, task.handler.id, record, index);
  if (record.uuid !== uuid) {
    const message = `${what} has a uuid that is not computed from its input`;
    yield { rule: "output-uuid", anomaly: "WRONG-UUID", message, expected: uuid, actual: record.uuid };
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
