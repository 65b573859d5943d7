import { fenced } from "../../fenced.js";
import type { TopicPartition } from "../../stored-record.js";
import { kafkaType, withoutOutcome } from "../errors.js";
import type { Coordination } from "./coordination.js";
import type { Membership } from "./membership.js";

/**
 * Makes sure that a member is still one, and that nobody else is given a partition.
 *
 * @param coordination not that of the membership, which may be waiting for others to join
 * @param given aborted when the partition is to be given up: then nothing is waited for
 * @throws EventyError FENCED if not; STORE_UNAVAILABLE, STORE_FAILED
 */
export async function checkMembership(
  membership: Membership,
  coordination: Coordination,
  claim: TopicPartition & { readonly group: string },
  given: AbortSignal,
): Promise<void> {
  for (;;) {
    const { generation } = membership;
    if (generation === undefined || !membership.owns(claim)) throw fenced(claim);
    try {
      return await coordination.heartbeat(generation);
    } catch (error) {
      if (kafkaType(error) === "REBALANCE_IN_PROGRESS") return membership.rejoin();
      const known = withoutOutcome(error);
      if (known.code !== "FENCED") throw known;
      if (kafkaType(error) === "ILLEGAL_GENERATION") {
        await Promise.race([membership.settled(), aborted(given)]);
        if (given.aborted) throw fenced(claim);
      }
      // A generation that has ended meanwhile says nothing.
      if (membership.generation === generation) {
        membership.lose(error);
        throw fenced(claim);
      }
    }
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
