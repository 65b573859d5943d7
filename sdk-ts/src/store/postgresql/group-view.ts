import type { Session } from "./session.js";
import { CURSORS, LIVE_MEMBERS } from "./statements/group.js";

/** A member that is alive. */
export interface LiveMember {
  readonly member: string;
  readonly topics: readonly string[];
  /** Milliseconds until it is dead unless it is heard of. */
  readonly left: number;
}

/** Who owns a cursor. */
export interface CursorView {
  readonly topicId: number;
  readonly partition: number;
  readonly owner: string | null;
  readonly pid: number | null;
  readonly epoch: number;
}

/** The members of a group that are alive, in the same order for all of them. */
export async function liveMembers(session: Session, group: string): Promise<readonly LiveMember[]> {
  const rows = await session.query<{ member: string; topics: string; left: string }>({
    ...LIVE_MEMBERS,
    values: [group],
  });
  return rows.map(({ member, topics, left }) => ({
    member,
    topics: JSON.parse(topics) as readonly string[],
    left: Number(left),
  }));
}

export async function cursorsOf(
  session: Session,
  group: string,
  topicIds: readonly number[],
): Promise<readonly CursorView[]> {
  const rows = await session.query<{
    topic_id: string;
    partition_id: string;
    owner: string | null;
    backend_pid: string | null;
    epoch: string;
  }>({ ...CURSORS, values: [group, topicIds] });
  return rows.map((row) => ({
    topicId: Number(row.topic_id),
    partition: Number(row.partition_id),
    owner: row.owner,
    pid: row.backend_pid === null ? null : Number(row.backend_pid),
    epoch: Number(row.epoch),
  }));
}
