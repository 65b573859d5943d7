import { checkPosition } from "../check-position.js";
import type { MemberOptions } from "../member.js";
import { startPosition } from "../start-position.js";
import type { TopicPartition } from "../stored-record.js";
import { Connections } from "./client/connections.js";
import type { Host } from "./host.js";
import { KafkaClaim } from "./kafka-claim.js";
import { LogReader } from "./log/log-reader.js";
import { ClaimState } from "./state/claim-state.js";
import { ClaimFence } from "./writing/claim-fence.js";
import { OwnedCursor } from "./writing/owned-cursor.js";

/**
 * Begins a claim on a partition that the group has given to this member.
 *
 * @param check shows that it still has
 * @param given aborted when it has not
 * @throws EventyError FENCED, POSITION_LOST, STORE_UNAVAILABLE, OUTCOME_UNKNOWN, STORE_FAILED
 */
export async function takeOver(
  host: Host,
  { group, start }: MemberOptions,
  { topic, partition }: TopicPartition,
  check: () => Promise<void>,
  given: AbortSignal,
): Promise<KafkaClaim> {
  const place = { topic, partition };
  const claim = { group, ...place };
  const connections = new Connections(host.cluster);
  const ended = new AbortController();
  let reader: LogReader | undefined;
  const close = (): void => {
    ended.abort();
    void reader?.close();
    void connections.close();
  };
  given.addEventListener("abort", close);
  try {
    const cursor = new OwnedCursor(claim, new ClaimFence(host, connections, claim, check), ended.signal);
    await cursor.take(() => startPosition(host.reader, place, start));
    checkPosition(place, cursor.acknowledged, await host.reader.bounds(place));
    reader = new LogReader(connections, place, cursor.acknowledged);
    const state = new ClaimState(claim, host.topics, host.reader);
    return new KafkaClaim({ ...claim, topics: host.topics, cursor, reader, state, close });
  } catch (error) {
    close();
    throw error;
  } finally {
    given.removeEventListener("abort", close);
  }
}
