import { Guarantee, Policy } from "../../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { type DeadLetter, isDeadLetterHeader, readDeadLetter } from "../dead-letter.js";
import type { Facts } from "../facts.js";
import type { Finding } from "../finding.js";
import { groupBy } from "../group-by.js";
import type { KeptRecord } from "../history.js";
import { placeText } from "../place-text.js";
import { deadLettersOf, groupOf, isForOthers, topicOf } from "../script.js";

const ERROR_LENGTH = 1024;
const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/;

/** A record that is to become a dead letter, and when. */
interface Doomed {
  readonly key: string;
  readonly what: string;
  readonly isAcknowledged: boolean;
  /** Whether the letter is written afterwards, and so may be lost. */
  readonly mayBeLost: boolean;
}

/** Dead letters are there once if the record is acknowledged, and not at all if it is not. */
export function* deadLetters(facts: Facts): Iterable<Finding> {
  const letters = lettersOf(facts);
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(keyOf(letter), (counts.get(keyOf(letter)) ?? 0) + 1);
  const doomed = [...failing(facts), ...deadly(facts), ...undecodable(facts)];
  for (const { key, what, isAcknowledged, mayBeLost } of doomed) {
    const count = counts.get(key) ?? 0;
    if (isAcknowledged && count === 0 && !mayBeLost) {
      const message = `${what} is acknowledged, but no dead letter tells of it`;
      yield { rule: "dead-letter", anomaly: "LOST", message };
    } else if (!isAcknowledged && count > 0) {
      const message = `${what} is not acknowledged, but has a dead letter`;
      yield { rule: "dead-letter", anomaly: "PARTIAL-TRANSACTION", message };
    } else if (count > 1) {
      const message = `${what} has ${count} dead letters`;
      yield { rule: "dead-letter", anomaly: "DUPLICATE", message };
    }
  }
  const expected = new Set(doomed.map(({ key }) => key));
  for (const letter of letters) yield* judgeLetter(facts, letter, expected);
}

function* judgeLetter(facts: Facts, letter: DeadLetter, expected: ReadonlySet<string>): Iterable<Finding> {
  const what = `the dead letter at ${placeText(letter.letter)}`;
  const origin = facts.recordAt(letter.origin);
  if (!origin) {
    const actual = placeText(letter.origin);
    const message = `${what} is of a record that is not there`;
    yield { rule: "dead-letter-form", anomaly: "WRONG-VALUE", message, actual };
    return;
  }
  if (!expected.has(keyOf(letter))) {
    const message = `${what} is of a record that was handled: ${placeText(origin)}`;
    yield { rule: "dead-letter", anomaly: "ORPHAN-OUTPUT", message, actual: letter.error };
  }
  const wrong = wrongForm(letter, origin);
  if (wrong !== undefined) {
    const message = `${what} of ${placeText(origin)}: ${wrong}`;
    yield { rule: "dead-letter-form", anomaly: "WRONG-VALUE", message };
  }
}

function wrongForm({ letter, attempts, error, at }: DeadLetter, origin: KeptRecord): string | undefined {
  const [one, other] = [letter.value, origin.value];
  if (one === undefined || other === undefined ? one !== other : !Buffer.from(one).equals(other)) {
    return "its bytes are not those of the record";
  }
  if (letter.key !== origin.key) return "its key is not that of the record";
  for (const [name, value] of origin.headers) {
    if (!isDeadLetterHeader(name) && letter.headers.get(name) !== value)
      return `the header ${name} was not kept`;
  }
  if (!Number.isInteger(attempts) || attempts < 0) return "it does not say how often the record was tried";
  if (error === "" || [...error].length > ERROR_LENGTH)
    return `its error is empty, or longer than ${ERROR_LENGTH}`;
  return AT.test(at) ? undefined : `its date is not in the form of the protocol: ${at}`;
}

function lettersOf(facts: Facts): readonly DeadLetter[] {
  const topic = deadLettersOf(facts.history.service);
  return facts.look.snapshot.records
    .filter((record) => record.topic === topic && !facts.isHidden(record))
    .map(readDeadLetter);
}

function failing(facts: Facts): readonly Doomed[] {
  return facts.tasks
    .filter((task) => task.script.fate === "dead-letters" && !facts.crashes(task))
    .map(({ handler, group, input, n, isAcknowledged }) => ({
      key: `${group} ${handler.id} ${placeText(input)}`,
      what: `record ${n} at ${placeText(input)}, which the handler ${handler.id} failed,`,
      isAcknowledged,
      mayBeLost: handler.guarantee === Guarantee.AT_MOST_ONCE,
    }));
}

/** Records that end the process, once for each group that has a handler for them. */
function deadly(facts: Facts): readonly Doomed[] {
  const byGroup = groupBy(
    facts.tasks.filter((task) => facts.crashes(task)),
    ({ group, input }) => `${group}  ${placeText(input)}`,
  );
  return [...byGroup].flatMap(([key, [task]]) => {
    if (task === undefined) return [];
    const what = `record ${task.n} at ${placeText(task.input)}, which ends the process,`;
    return [{ key, what, isAcknowledged: task.isAcknowledged, mayBeLost: false }];
  });
}

/** Bytes that are no record, once for each group that reads their topic. */
function undecodable(facts: Facts): readonly Doomed[] {
  const { history, look } = facts;
  if (history.undecodable !== Policy.UNSPECIFIED && history.undecodable !== Policy.DEAD_LETTER) return [];
  const readers = new Map(
    look.handlers.map((handler) => {
      const group = groupOf(handler, history.service);
      const topic = topicOf(handler.type, handler.namespace);
      return [`${group} ${topic}`, { group, topic }];
    }),
  );
  const broken = look.snapshot.records.filter(
    (kept) => kept.record === undefined && !isForOthers(kept, history.service),
  );
  return [...readers.values()].flatMap(({ group, topic }) =>
    broken
      .filter((record) => record.topic === topic)
      .map((record) => ({
        key: `${group}  ${placeText(record)}`,
        what: `what stands at ${placeText(record)} and is no record`,
        isAcknowledged: facts.acknowledged(group, record) > record.offset,
        mayBeLost: false,
      })),
  );
}

function keyOf({ group, handler, origin }: DeadLetter): string {
  return `${group} ${handler ?? ""} ${placeText(origin)}`;
}
