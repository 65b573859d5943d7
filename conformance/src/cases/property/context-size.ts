import { create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { compactSize } from "../../checker/emission/compact-size.js";
import { DraftSchema } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { contextEntry, mapOf, stringValue, type Value, type ValueMap } from "../../oracle/values.js";
import type { Case } from "../case.js";
import { emitAndJudge } from "../context/judge-emission.js";
import { plainRecord } from "../plain-record.js";
import type { Testee } from "../testee.js";
import { key, mapFrom, value } from "./arbitraries.js";
import { checkProperty } from "./check-property.js";

const LIMIT = 8192;
const PADDING = "padding";
/** What else is inherited is a matter of other cases. */
const OTHERS = ["correlation_id", "partition_key", 'context["urn:eventy:flow"]'];

interface Sample {
  readonly part: ValueMap;
  /** How many bytes the context has beyond the limit. */
  readonly excess: number;
  /** Whether the context comes in with the input, or out of a draft. */
  readonly arrives: boolean;
}

const sample: fc.Arbitrary<Sample> = fc.record({
  // A key that looks like a namespace may be refused.
  part: mapFrom(
    key.filter((name) => !name.startsWith("urn:") && name !== PADDING),
    value.filter(({ kind }) => kind.case !== "null"),
  ),
  excess: fc.integer({ min: -1, max: 1 }),
  arrives: fc.boolean(),
});

/** The size of contexts of random values, which must be counted to the byte. */
export const contextSizeCase: Case = {
  id: "context.property.size",
  title: "a context of 8192 bytes passes and one of 8193 does not, whatever is in it",
  requirements: ["CTX-026", "CTX-028", "CTX-029", "CTX-030", "CTX-031"],
  profile: "context",
  capabilities: ["context"],
  run: (context) =>
    checkProperty(
      context,
      sample,
      (one) => emitAtLimit(context.testee, one),
      ({ part, excess, arrives }) => [
        `${arrives ? "an input" : "a draft"} with a context of ${LIMIT + excess} bytes, padded beyond`,
        ...part.entries.map((entry) => JSON.stringify([entry.key, entry.value?.kind], bigintText)),
      ],
    ),
};

async function emitAtLimit(testee: Testee, { part, excess, arrives }: Sample): Promise<void> {
  const service = "urn:orders";
  const owner = arrives ? "urn:shop" : service;
  const values = part.entries.flatMap(({ key: name, value: one }): [string, Value][] =>
    one ? [[name, one]] : [],
  );
  const padded = (length: number): ValueMap => mapOf([...values, [PADDING, stringValue("x".repeat(length))]]);
  const bare = compactSize(new Map([[owner, padded(0)]]));
  const whole = contextEntry(owner, padded(LIMIT - bare + excess));
  const input = plainRecord();
  if (arrives) input.context = [whole];
  const draft = create(DraftSchema, { type: RecordType.EVENT, name: "Happened", data: mapOf([]) });
  if (!arrives) draft.context = [whole];
  await emitAndJudge(testee, { service, input, drafts: [draft] }, OTHERS);
}

function bigintText(_: string, field: unknown): unknown {
  return typeof field === "bigint" ? String(field) : field;
}
