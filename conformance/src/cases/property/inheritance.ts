import { create, toJsonString } from "@bufbuild/protobuf";
import fc from "fast-check";
import { type Draft, DraftSchema } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import { contextEntry, integerValue, mapOf, stringValue, type ValueMap } from "../../oracle/values.js";
import type { Case } from "../case.js";
import { emitAndJudge } from "../context/judge-emission.js";
import { plainRecord } from "../plain-record.js";
import type { Testee } from "../testee.js";
import { key, mapFrom, parts, text, value } from "./arbitraries.js";
import { checkProperty } from "./check-property.js";

/** URNs of which some begin with another. */
const SERVICES = ["urn:orders", "urn:payments", "urn:orders:eu", "urn:a"] as const;
type Service = (typeof SERVICES)[number];

/** Something that a service does: it handles a record, or nothing, and emits. */
interface Step {
  readonly service: Service;
  /** Nothing, a record that others wrote, or one that was emitted before: the last but so many. */
  readonly input: "nothing" | { readonly foreign: NeutralRecord } | { readonly back: number };
  readonly drafts: readonly WeakDraft[];
}

/** A draft without the part that depends on who writes it. */
interface WeakDraft {
  readonly type: RecordType;
  readonly target: Service;
  readonly name: string;
  readonly own: ValueMap;
  readonly partition: Draft["partition"];
}

const draft: fc.Arbitrary<WeakDraft> = fc.record({
  type: fc.constantFrom(RecordType.EVENT, RecordType.REQUEST, RecordType.RESPONSE),
  target: fc.constantFrom(...SERVICES),
  name: text.map((name) => `N${name}`),
  // A key that looks like a namespace may be refused.
  own: mapFrom(
    key.filter((name) => !name.startsWith("urn:")),
    value,
  ),
  partition: fc.oneof(
    fc.constant<Draft["partition"]>({ case: undefined }),
    text.map((name): Draft["partition"] => ({ case: "partitionKey", value: name })),
    fc.constant<Draft["partition"]>({ case: "anyPartition", value: 0 }),
  ),
});

/** Records with any context, some of them close to its limits. */
const foreign: fc.Arbitrary<NeutralRecord> = fc
  .record({
    type: fc.constantFrom(RecordType.EVENT, RecordType.REQUEST),
    correlationId: text,
    partitionKey: fc.option(text, { nil: undefined }),
    context: parts(mapFrom(key, value)),
    hops: fc.option(fc.constantFrom(0n, 1n, 62n, 63n, 64n, 65n), { freq: 3, nil: undefined }),
    filler: fc.option(fc.integer({ min: 7_900, max: 8_192 }), { freq: 4, nil: undefined }),
  })
  .map(({ context, hops, filler, ...fields }) => {
    const { partitionKey: _, ...plain } = plainRecord();
    const others = context.filter(({ namespace }) => !namespace.startsWith("urn:eventy"));
    return create(RecordSchema, {
      ...plain,
      type: fields.type,
      correlationId: fields.correlationId,
      ...(fields.partitionKey === undefined ? {} : { partitionKey: fields.partitionKey }),
      context: [
        ...others,
        ...(hops === undefined
          ? []
          : [contextEntry("urn:eventy:flow", mapOf([["hops", integerValue(hops)]]))]),
        ...(filler === undefined
          ? []
          : [contextEntry("urn:filler", mapOf([["", stringValue("x".repeat(filler))]]))]),
      ],
    });
  });

const step: fc.Arbitrary<Step> = fc.record({
  service: fc.constantFrom(...SERVICES),
  input: fc.oneof(
    { weight: 1, arbitrary: fc.constant("nothing" as const) },
    { weight: 1, arbitrary: fc.record({ foreign }) },
    { weight: 4, arbitrary: fc.record({ back: fc.nat(5) }) },
  ),
  drafts: fc.array(draft, { minLength: 1, maxLength: 3 }),
});

/** The context that is inherited along causal graphs of events, requests and responses over several services. */
export const inheritanceCase: Case = {
  id: "context.property.inheritance",
  title: "context is inherited along random causal graphs over several services",
  requirements: ["CTX-006", "CTX-009", "CTX-011", "CTX-012", "CTX-017", "CTX-019", "CTX-021", "CTX-029"],
  profile: "context",
  capabilities: ["context"],
  run: (context) =>
    checkProperty(
      context,
      fc.array(step, { minLength: 1, maxLength: 6 }),
      (steps) => walk(context.testee, steps),
      (steps) => steps.map(shown),
    ),
};

/** Takes the steps one after the other, each with what came of those before. */
async function walk(testee: Testee, steps: readonly Step[]): Promise<void> {
  const emitted: NeutralRecord[] = [];
  for (const { service, input, drafts } of steps) {
    const handled = inputOf(input, emitted);
    const question = { service, input: handled, drafts: drafts.map((one) => draftOf(one, service, handled)) };
    emitted.push(...(await emitAndJudge(testee, question)));
  }
}

function inputOf(input: Step["input"], emitted: readonly NeutralRecord[]): NeutralRecord | undefined {
  if (input === "nothing") return undefined;
  return "foreign" in input ? input.foreign : emitted.at(-1 - (input.back % Math.max(1, emitted.length)));
}

/** The draft that a service makes of it; only a request is answered. */
function draftOf(
  { target, name, own, partition, ...weak }: WeakDraft,
  service: string,
  input: NeutralRecord | undefined,
): Draft {
  const isUnasked = weak.type === RecordType.RESPONSE && input?.type !== RecordType.REQUEST;
  const type = isUnasked ? RecordType.EVENT : weak.type;
  const context = own.entries.length > 0 ? [contextEntry(service, own)] : [];
  const asked = type === RecordType.REQUEST ? target : "";
  return create(DraftSchema, { type, name, target: asked, context, partition, data: mapOf([]) });
}

function shown({ service, input, drafts }: Step, i: number): string {
  const handled =
    input === "nothing"
      ? input
      : "foreign" in input
        ? toJsonString(RecordSchema, input.foreign)
        : `what was emitted last but ${input.back}`;
  const asked = drafts.map(({ type, target, name, own, partition }) =>
    toJsonString(
      DraftSchema,
      create(DraftSchema, { type, target, name, context: [contextEntry(service, own)], partition }),
    ),
  );
  return `${i + 1}. ${service} handles ${handled} and emits ${asked.join(", ")}`;
}
