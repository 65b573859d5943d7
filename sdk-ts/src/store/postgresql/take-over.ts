import { checkPosition } from "../check-position.js";
import type { CrashMark } from "../claim.js";
import type { Cursor } from "../cursor.js";
import { startPosition } from "../start-position.js";
import type { TopicPartition } from "../stored-record.js";
import { numbers } from "./blob.js";
import { endSessions } from "./end-sessions.js";
import type { Host } from "./host.js";
import type { Lease } from "./leases.js";
import { OwnedCursor, type Taken } from "./owned-cursor.js";
import type { Slot } from "./slot.js";
import { MAKE_CURSORS, TAKE } from "./statements/group.js";
import { BOUNDS_OF } from "./statements/record.js";

/** A partition of a group, and who has it. */
export interface Seat extends TopicPartition {
  readonly topicId: number;
  /** Whether the group has a cursor there. */
  readonly isThere: boolean;
  readonly owner: string | null;
  readonly pid: number | null;
  readonly epoch: number;
}

interface TakenRow {
  readonly topic_id: string;
  readonly partition_id: string;
  readonly epoch: string;
  readonly acknowledged: string;
  readonly backend_pid: string;
  readonly mark_offset: string | null;
  readonly mark_until: string | null;
  readonly mark_attempt: string | null;
}

/** Takes partitions that are free. @returns those that were, and that nobody else has locked */
export async function takeOver(
  host: Host,
  lease: Lease,
  start: Cursor,
  seats: readonly Seat[],
): Promise<readonly Taken[]> {
  const dead = seats.filter(({ owner }) => owner !== null && owner !== lease.member);
  const pids = new Set(dead.map(({ pid }) => pid).filter((pid) => pid !== null));
  if (pids.size > 0) await host.run((session) => endSessions(session, [...pids]));
  await makeCursors(
    host,
    lease.group,
    start,
    seats.filter(({ isThere }) => !isThere),
  );
  const bySlot = new Map<Slot, Seat[]>();
  for (const seat of seats) {
    const slot = host.pool.writer();
    bySlot.set(slot, [...(bySlot.get(slot) ?? []), seat]);
  }
  const taken = await Promise.all([...bySlot].map(([slot, some]) => take(slot, lease, some)));
  return taken.flat();
}

/** Hands over what was taken, except where the next record is gone. @throws EventyError POSITION_LOST */
export async function giveAll(
  host: Host,
  taken: readonly Taken[],
  give: (taken: Taken) => void,
): Promise<void> {
  if (taken.length === 0) return;
  const values = [[...new Set(taken.map(({ topicId }) => topicId))]];
  const rows = await host.run((session) =>
    session.query<{ topic_id: string; partition_id: string; begin_offset: string; end_offset: string }>({
      ...BOUNDS_OF,
      values,
    }),
  );
  const bounds = new Map(rows.map((row) => [`${row.topic_id}/${row.partition_id}`, row]));
  let lost: unknown;
  for (const one of taken) {
    const row = bounds.get(`${one.topicId}/${one.partition}`);
    try {
      const { begin_offset, end_offset } = row ?? {};
      checkPosition(one, one.acknowledged, { begin: Number(begin_offset), end: Number(end_offset) });
      give(one);
    } catch (error) {
      lost ??= error;
      await new OwnedCursor(one, host.closed).giveBack(false);
    }
  }
  if (lost !== undefined) throw lost;
}

/** Makes where the group begins durable, where it has no cursor yet. */
async function makeCursors(host: Host, group: string, start: Cursor, seats: readonly Seat[]): Promise<void> {
  if (seats.length === 0) return;
  const offsets = await Promise.all(seats.map((seat) => startPosition(host.reader, seat, start)));
  const values = [
    group,
    numbers(seats.map(({ topicId }) => topicId)),
    numbers(seats.map(({ partition }) => partition)),
    numbers(offsets),
  ];
  await host.run((session) => session.query({ ...MAKE_CURSORS, values }));
}

function take(slot: Slot, lease: Lease, seats: readonly Seat[]): Promise<readonly Taken[]> {
  const { group, member } = lease;
  const byKey = new Map(seats.map((seat) => [`${seat.topicId}/${seat.partition}`, seat]));
  const values = [
    group,
    member,
    numbers(seats.map(({ topicId }) => topicId)),
    numbers(seats.map(({ partition }) => partition)),
  ];
  return slot.use(async (session) => {
    const rows = await session.query<TakenRow>({ ...TAKE, values });
    return rows.flatMap((row) => {
      const seat = byKey.get(`${row.topic_id}/${row.partition_id}`);
      if (seat === undefined) return [];
      return {
        group,
        member,
        topic: seat.topic,
        topicId: seat.topicId,
        partition: seat.partition,
        epoch: Number(row.epoch),
        acknowledged: Number(row.acknowledged),
        mark: markOf(row),
        pid: Number(row.backend_pid),
        session,
        slot,
      };
    });
  });
}

function markOf({ mark_offset, mark_until, mark_attempt }: TakenRow): CrashMark | null {
  if (mark_offset === null) return null;
  return { offset: Number(mark_offset), until: Number(mark_until), attempt: Number(mark_attempt) };
}
