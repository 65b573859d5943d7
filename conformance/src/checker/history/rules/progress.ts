import type { Facts } from "../facts.js";
import type { Finding } from "../finding.js";
import { placeText } from "../place-text.js";
import type { Fate } from "../script.js";

const HOLDS_UP: ReadonlySet<Fate> = new Set<Fate>(["stops", "hangs", "crashes"]);

/** What is there to handle is handled, unless the group has a record that holds it up. */
export function* progress({ tasks, look }: Facts): Iterable<Finding> {
  if (!look.settled) return;
  const heldUp = new Set(tasks.filter(({ script }) => HOLDS_UP.has(script.fate)).map(({ group }) => group));
  for (const { group, input, n, isAcknowledged } of tasks) {
    if (isAcknowledged || heldUp.has(group)) continue;
    yield {
      rule: "progress",
      anomaly: "STALLED",
      message: `the group ${group} never acknowledged record ${n} at ${placeText(input)}`,
    };
  }
}

/** What a group has acknowledged never goes back, and never past the records that are there. */
export function* cursors(facts: Facts, earlier: readonly Facts[]): Iterable<Finding> {
  for (const cursor of facts.look.snapshot.cursors) {
    const { group, topic, partition, acknowledged, end } = cursor;
    const cursorText = `the cursor of the group ${group} in ${topic}/${partition}`;
    const before = earlier.at(-1)?.acknowledged(group, cursor) ?? 0;
    if (acknowledged < before) {
      yield {
        rule: "cursor",
        anomaly: "WRONG-POSITION",
        message: `${cursorText} went back`,
        expected: `at least ${before}`,
        actual: String(acknowledged),
      };
    }
    const last = facts.recordAt({ topic, partition, offset: acknowledged - 1 });
    if (end === undefined ? acknowledged > 0 && !last : acknowledged > end) {
      yield {
        rule: "cursor",
        anomaly: "WRONG-POSITION",
        message: `${cursorText} is behind a record that is not there`,
        actual: String(acknowledged),
      };
    }
  }
}
