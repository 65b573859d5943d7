import type { StateChange } from "../claim.js";
import { checkText } from "../sql/check-text.js";
import { blobOf } from "./blob.js";
import type { Session } from "./session.js";
import { REMOVE_STATE, SET_STATE } from "./statements/claim.js";

/** The cursor whose state it is. */
type CursorKey = readonly [group: string, topicId: number, partition: number];

/**
 * Changes a state, within a transaction. Of several changes of a key, the last one counts.
 *
 * @throws EventyError INVALID_ARGUMENT if a name or a key is a text that no database keeps
 */
export async function changeState(
  session: Session,
  cursor: CursorKey,
  changes: readonly StateChange[],
): Promise<void> {
  const last = new Map<string, StateChange>();
  for (const change of changes) {
    checkText("The name of a state", change.state);
    checkText("The key of a state", change.key);
    last.set(JSON.stringify([change.state, change.key]), change);
  }
  const all = [...last.values()];
  const [set, removed] = [
    all.filter(({ value }) => value !== null),
    all.filter(({ value }) => value === null),
  ];
  if (set.length > 0) {
    const { bytes, at, lengths } = blobOf(set.map(({ value }) => value));
    await session.query({ ...SET_STATE, values: [...cursor, ...namesOf(set), at, lengths, bytes] });
  }
  if (removed.length > 0) {
    await session.query({ ...REMOVE_STATE, values: [...cursor, ...namesOf(removed)] });
  }
}

function namesOf(changes: readonly StateChange[]): [states: string[], keys: string[]] {
  return [changes.map(({ state }) => state), changes.map(({ key }) => key)];
}
