import type { Emit } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { entriesOf, integerValue, stringValue, type Value } from "../../src/oracle/values.js";
import { breaking } from "../kit/breaking.js";
import { editPart, FLOW, isReserved, partsOf, sizesOf } from "../kit/context.js";
import { emitsOther, forgivesEmission, refusesToEmit } from "../kit/emitting.js";

const LIMIT = ErrorCode.LIMIT_EXCEEDED;

function dropParts({ input }: Emit): void {
  if (input) input.context = input.context.filter(({ namespace }) => isReserved(namespace)).slice(0, 8);
}

function dropTexts({ input, drafts }: Emit): void {
  for (const part of [...(input?.context ?? []), ...drafts.flatMap(({ context }) => context)])
    for (const { value } of part.values?.entries ?? [])
      if (value?.kind.case === "string" && value.kind.value.length > 1000) value.kind = stringValue("").kind;
}

function dropHops({ input }: Emit): void {
  if (input) editPart(input, FLOW, (flow) => flow.set("hops", integerValue(0n)));
}

/** Has no limit on emission. */
function withoutLimit(drop: (emit: Emit) => void): Mutant["mutate"] {
  return forgivesEmission((emit) => {
    if (emit.drafts.length > 0) drop(emit);
  });
}

/** Has no limit on arrival. */
function withoutArrival(drop: (emit: Emit) => void): Mutant["mutate"] {
  return forgivesEmission((emit) => {
    if (emit.drafts.length === 0) drop(emit);
  });
}

/** Takes hops that are none for zero. */
function takesHops(isTaken: (hops: Value["kind"]) => boolean): Mutant["mutate"] {
  return forgivesEmission((emit) => {
    const hops = hopsOf(emit.input);
    if (hops && isTaken(hops.kind)) dropHops(emit);
  });
}

function hopsOf(input: NeutralRecord | undefined): Value | undefined {
  return entriesOf(partsOf(input).get(FLOW)).get("hops");
}

/** How many bytes a context has whose characters beyond ASCII are escaped. */
function asciiSize(emit: Emit): number {
  const parts = [...partsOf(emit.input)].filter(([namespace]) => !isReserved(namespace));
  const texts = parts.flatMap(([, { entries }]) =>
    entries.map(({ value }) => (value?.kind.case === "string" ? value.kind.value : "")),
  );
  const beyond = texts.join("").replace(/\p{ASCII}/gu, "");
  return sizesOf(emit).bytes + 6 * beyond.length - Buffer.byteLength(beyond);
}

/** Mutants of section 6.5. */
export const limitMutants: readonly Mutant[] = [
  ...breaking("CTX-025", {
    "has no limit of namespaces on emission": withoutLimit(dropParts),
  }),
  ...breaking("CTX-026", {
    "has no limit of bytes on emission": withoutLimit(dropTexts),
    "has no limit of bytes for roots": forgivesEmission((emit) => {
      if (!emit.input) dropTexts(emit);
    }),
  }),
  ...breaking("CTX-027", {
    "has no limit of hops on emission": withoutLimit(dropHops),
  }),
  ...breaking("CTX-028", {
    "has no limit of namespaces on arrival": withoutArrival(dropParts),
    "has no limit of bytes on arrival": withoutArrival(dropTexts),
    "has no limit of hops on arrival": withoutArrival(dropHops),
  }),
  ...breaking("CTX-029", {
    "refuses 64 namespaces": refusesToEmit((emit) => sizesOf(emit).namespaces >= 64, LIMIT),
    "refuses 8192 bytes": refusesToEmit((emit) => sizesOf(emit).bytes >= 8192, LIMIT),
    "refuses 64 hops": refusesToEmit((emit) => sizesOf(emit).hops >= 64, LIMIT),
    "counts reserved namespaces": refusesToEmit(({ input }) => partsOf(input).size > 64, LIMIT),
    "counts what is not ASCII as escapes": refusesToEmit((emit) => asciiSize(emit) > 8192, LIMIT),
  }),
  ...breaking("CTX-030", {
    "drops parts of other services beyond the limit": forgivesEmission(dropParts),
    "cuts texts beyond the limit": forgivesEmission(dropTexts),
    "begins to count hops again at the limit": forgivesEmission(dropHops),
    "cuts long texts of other services": emitsOther((record, { input }) => {
      for (const { values } of input ? record.context : [])
        for (const { value } of values?.entries ?? [])
          if (value?.kind.case === "string" && value.kind.value.length > 4096)
            value.kind = stringValue(value.kind.value.slice(0, 4096)).kind;
    }),
  }),
  ...breaking("CTX-031", {
    "has a limit of 32 namespaces": refusesToEmit((emit) => sizesOf(emit).namespaces > 32, LIMIT),
    "has a limit of 4096 bytes": refusesToEmit((emit) => sizesOf(emit).bytes > 4096, LIMIT),
    "has a limit of 16 hops": refusesToEmit((emit) => sizesOf(emit).hops > 16, LIMIT),
    "has a limit of 128 namespaces": withoutLimit(dropParts),
    "has a limit of 16384 bytes": withoutLimit(dropTexts),
    "has a limit of 128 hops": withoutLimit(dropHops),
  }),
  ...breaking("CTX-032", {
    "takes negative hops": takesHops((kind) => kind.case === "integer"),
    "takes hops with a fraction": takesHops((kind) => kind.case === "double"),
    "takes null for no hops": takesHops((kind) => kind.case === "null"),
    "takes hops that are a text": takesHops((kind) => kind.case === "string"),
    "refuses a flow without hops": refusesToEmit(
      ({ input }) => partsOf(input).has(FLOW) && hopsOf(input) === undefined,
      ErrorCode.INVALID_RECORD,
    ),
  }),
];
