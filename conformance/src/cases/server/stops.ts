import { COMMITS, type FaultPlan, type WireRequest } from "../../faults/faults.js";
import type { BindingName } from "../binding.js";
import { SERVED } from "../store/define.js";

/** A place in the transaction of a batch at which a process is stopped. */
export interface Stop {
  /** What follows `store.` in the id of its case. */
  readonly name: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly bindings: readonly BindingName[];
  readonly plan: Pick<FaultPlan, "kinds" | "where" | "moment">;
  /** Whether the outputs of the batch stand there, and are not committed. */
  readonly isOpen: boolean;
  /** Whether the batch is committed. */
  readonly isDone: boolean;
}

const IN_TRANSACTION = { isOpen: true, isDone: false };

/** Where processes are stopped: in the middle of what one transaction is made of, and behind it. */
export const STOPS: readonly Stop[] = [
  {
    name: "claim.stopped-in-transaction",
    title:
      "a process that is stopped in its transaction is taken over from, whatever locks it has, and fenced",
    requirements: ["SQL-014", "STO-026"],
    bindings: ["postgresql"],
    plan: { kinds: COMMITS, moment: "before" },
    ...IN_TRANSACTION,
  },
  {
    name: "claim.stopped-before-transaction",
    title: "a process that is stopped when it begins its transaction is taken over from, and fenced",
    requirements: ["STO-026"],
    bindings: ["kafka"],
    plan: { kinds: ["AddPartitionsToTxn", "AddOffsetsToTxn"], where: ofClaim, moment: "before" },
    isOpen: false,
    isDone: false,
  },
  {
    name: "claim.stopped-after-send",
    title: "a process that is stopped when it has sent its outputs is taken over from, and fenced",
    requirements: ["STO-026"],
    bindings: ["kafka"],
    plan: { kinds: ["Produce"], where: ofOutputs, moment: "after" },
    ...IN_TRANSACTION,
  },
  {
    name: "claim.stopped-after-offsets",
    title: "a process that is stopped when it has sent its cursor is taken over from, and fenced",
    requirements: ["STO-026"],
    bindings: ["kafka"],
    plan: { kinds: ["TxnOffsetCommit"], where: ofClaim, moment: "after" },
    isOpen: false,
    isDone: false,
  },
  {
    name: "claim.stopped-before-commit",
    title: "a process that is stopped before it ends its transaction is taken over from, and fenced",
    requirements: ["STO-026"],
    bindings: ["kafka"],
    plan: { kinds: ["EndTxn"], where: ofClaim, moment: "before" },
    ...IN_TRANSACTION,
  },
  {
    name: "claim.stopped-after-commit",
    title:
      "a process that is stopped when its transaction is committed has handled its records, and is fenced",
    requirements: ["STO-026", "STO-029"],
    bindings: SERVED,
    plan: { kinds: COMMITS, moment: "after" },
    isOpen: false,
    isDone: true,
  },
];

/** Whether a request is of the claim on the topic that is read. */
function ofClaim({ transactionalId }: WireRequest): boolean {
  // What comes behind would be wrong, which is for other cases to say.
  return transactionalId?.startsWith("eventy:orders:source-events:0") === true;
}

function ofOutputs(request: WireRequest): boolean {
  return ofClaim(request) && request.topics?.includes("orders-events") === true;
}
