import { Guarantee } from "../../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Facts, Task } from "../facts.js";
import type { Finding } from "../finding.js";
import { groupBy } from "../group-by.js";
import type { KeptRecord } from "../history.js";
import { numberIn } from "../lineage.js";
import { placeText } from "../place-text.js";

/** Handlers are first called in the order of the records, and what they emit for one key is in that order. */
export function* order(facts: Facts): Iterable<Finding> {
  yield* calls(facts);
  const finishing = facts.tasks.filter(
    ({ script }) => script.fate === "finishes" && script.outputs.length > 0,
  );
  const byKey = groupBy(finishing, ({ handler, input }) =>
    JSON.stringify([handler.id, input.topic, input.partition, input.key]),
  );
  for (const tasks of byKey.values()) if (tasks[0]?.input.key !== undefined) yield* outputs(facts, tasks);
}

function* calls(facts: Facts): Iterable<Finding> {
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  for (const { run, delivery, place, effect } of facts.heardBefore) {
    const call = `${run} ${delivery.handler} ${placeText(place)}`;
    if (effect !== undefined || seen.has(call)) continue;
    seen.add(call);
    const { topic, offset } = place;
    const partition = `${run} ${delivery.handler} ${topic}/${place.partition}`;
    const before = latest.get(partition) ?? -1;
    latest.set(partition, offset);
    if (offset > before) continue;
    yield {
      rule: "order",
      anomaly: "REORDERED",
      message: `the handler ${delivery.handler} was first called with the record at ${placeText(place)} after a later one`,
      expected: `behind ${before}`,
    };
  }
}

/**
 * Outputs of one handler for one key. Where a record is handled again, so are those behind it: what goes back goes
 * on again without leaving one out, to the last.
 */
function* outputs(facts: Facts, tasks: readonly Task[]): Iterable<Finding> {
  const ranks = new Map(tasks.map(({ n }, rank) => [n, rank]));
  if (ranks.size < tasks.length) return;
  const guarantee = tasks[0]?.handler.guarantee;
  const perTopic = groupBy(
    tasks.flatMap((task) => facts.outputsOf(task)),
    ({ topic, partition }) => `${topic}/${partition}`,
  );
  for (const unsorted of perTopic.values()) {
    const inOrder = unsorted.toSorted((one, other) => one.offset - other.offset);
    let before = -1;
    for (const output of inOrder) {
      const rank = rankOf(output, ranks);
      const isBack = rank < before && guarantee !== Guarantee.AT_LEAST_ONCE;
      const isAhead = rank > before + 1 && guarantee !== Guarantee.AT_MOST_ONCE;
      if (isBack || isAhead) yield reordered(output, tasks[before], tasks[rank]);
      before = rank;
    }
    const last = inOrder.at(-1);
    const highest = Math.max(...inOrder.map((output) => rankOf(output, ranks)));
    if (last && before < highest && facts.look.settled) yield reordered(last, tasks[highest], tasks[before]);
  }
}

function rankOf({ record }: KeptRecord, ranks: ReadonlyMap<string, number>): number {
  return (record && ranks.get(numberIn(record, "input") ?? "")) ?? -1;
}

function reordered(output: KeptRecord, before: Task | undefined, now: Task | undefined): Finding {
  const earlier = before ? `that of record ${before.n}` : "nothing";
  const message = `the output ${output.record?.name} of record ${now?.n} at ${placeText(output)} comes after ${earlier}`;
  return { rule: "order", anomaly: "REORDERED", message, expected: "the order of the records of that key" };
}
