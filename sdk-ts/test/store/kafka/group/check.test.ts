import { expect, test } from "vitest";
import { EventyError } from "../../../../src/record/index.js";
import { checkMembership } from "../../../../src/store/kafka/group/check.js";
import type { Coordination } from "../../../../src/store/kafka/group/coordination.js";
import type { Membership } from "../../../../src/store/kafka/group/membership.js";

test("a heartbeat without an answer leaves nothing unknown: nothing is written by it", async () => {
  const membership = { generation: { memberId: "m", generationId: 1 }, owns: () => true };
  const coordination = {
    heartbeat: () => Promise.reject(new EventyError("OUTCOME_UNKNOWN", "The connection broke.")),
  };
  const checking = checkMembership(
    membership as unknown as Membership,
    coordination as unknown as Coordination,
    { group: "g", topic: "t", partition: 0 },
    new AbortController().signal,
  );
  await expect(checking).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
});
