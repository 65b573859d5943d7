import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import { integerValue } from "../../src/oracle/values.js";
import { breaking } from "../kit/breaking.js";
import { editPart, FLOW } from "../kit/context.js";
import { emitsOther, refusesToEmit } from "../kit/emitting.js";

/** Mutants of section 6.3, what is emitted while no record is handled. */
export const rootMutants: readonly Mutant[] = [
  ...breaking("CTX-022", {
    "makes up a correlation id for each root": emitsOther((record, { input, draft }) => {
      if (!input && draft.correlationId !== undefined) record.correlationId = `new:${record.uuid}`;
    }),
    "refuses a correlation id of a root": refusesToEmit(
      ({ input, drafts }) => !input && drafts.some(({ correlationId }) => correlationId !== undefined),
      ErrorCode.CONTEXT_VIOLATION,
    ),
  }),
  ...breaking("CTX-023", {
    "counts zero hops of a root": emitsOther((record, { input }) => {
      if (!input) editPart(record, FLOW, (flow) => flow.set("hops", integerValue(0n)));
    }),
    "gives a root an empty flow": emitsOther((record, { input }) => {
      if (!input) editPart(record, FLOW, () => {});
    }),
  }),
  ...breaking("CTX-024", {
    "gives a root its name as partition key": emitsOther((record, { input, draft }) => {
      if (!input && draft.partition.case === undefined) record.partitionKey = record.name;
    }),
    "gives a root an empty partition key": emitsOther((record, { input }) => {
      if (!input) record.partitionKey ??= "";
    }),
    "takes an empty partition key of a root for null": emitsOther((record, { input }) => {
      if (!input && record.partitionKey === "") delete record.partitionKey;
    }),
  }),
];
