import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  emitEvent,
  emitRequest,
  emitResponse,
  hopsOf,
  isReserved,
  ownContext,
  type Scope,
} from "../../src/context/index.js";
import { createEvent, type Data, type EventyRecord } from "../../src/record/index.js";

const SERVICES = ["urn:orders", "urn:payments", "urn:shop:web", "urn:eventyful"];

const service = fc.constantFrom(...SERVICES);
const key = fc.oneof(fc.constantFrom("a", "b", "__proto__", "constructor", ""), fc.string({ maxLength: 3 }));
const value = fc.oneof(fc.constant(null), fc.boolean(), fc.maxSafeInteger(), fc.string({ maxLength: 5 }));
const part: fc.Arbitrary<Data> = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });

/** One record of a graph: who handles which earlier record, and what it emits then. */
const step = fc.record({
  parent: fc.nat(),
  service,
  to: service,
  kind: fc.constantFrom("event", "request", "response"),
  context: fc.option(part, { nil: undefined }),
  partitionKey: fc.option(fc.constantFrom(null, "", "7"), { nil: undefined }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const inherited = {
  "urn:eventy:trace": { traceparent: "00-1" },
  "urn:eventy:identity": { user_id: "ada" },
  "urn:gateway": { tenant: null, plan: {} },
};
const root = createEvent({ namespace: "urn:gateway", name: "Asked", context: inherited, partitionKey: "42" });

function emit({ service, to, kind, context, partitionKey }: Step, record: EventyRecord): EventyRecord {
  const scope: Scope = { service, record };
  const draft = {
    name: "Thing",
    ...(context === undefined ? {} : { context }),
    ...(partitionKey === undefined ? {} : { partitionKey }),
  };
  if (kind === "request") return emitRequest({ ...draft, to }, scope);
  return kind === "response" && record.type === "REQUEST"
    ? emitResponse(draft, scope)
    : emitEvent(draft, scope);
}

/** The part that a service should find in what it emits. */
function expectedPart(before: Data, writes: Data = {}): Map<string, unknown> {
  const expected = new Map<string, unknown>(Object.entries(before));
  for (const [name, written] of Object.entries(writes)) {
    if (written === null) expected.delete(name);
    else expected.set(name, written);
  }
  return expected;
}

it("every record of a graph has what its chain carries, and what its emitter wrote, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const records: EventyRecord[] = [root];
      for (const one of steps) {
        const parent = records[one.parent % records.length] ?? root;
        const copy = structuredClone({ ...parent });
        const record = emit(one, parent);
        records.push(record);

        expect(record.correlationId).toBe(root.correlationId);
        expect(record.partitionKey).toBe(
          one.partitionKey === undefined ? parent.partitionKey : one.partitionKey,
        );
        expect(hopsOf(record)).toBe(hopsOf(parent) + 1);
        expect(record.context["urn:eventy:flow"]?.["causation_uuid"]).toBe(parent.uuid);
        for (const [urn, carried] of Object.entries(parent.context)) {
          if (urn !== one.service && urn !== "urn:eventy:flow") expect(record.context[urn]).toBe(carried);
        }
        const own = expectedPart(ownContext(parent, one.service), one.context);
        expect(new Map(Object.entries(ownContext(record, one.service)))).toEqual(own);
        expect(Object.hasOwn(record.context, one.service)).toBe(own.size > 0);
        const known = new Set([...Object.keys(parent.context), one.service, "urn:eventy:flow"]);
        expect(Object.keys(record.context).filter((urn) => !known.has(urn))).toEqual([]);
        expect(isDeepStrictEqual({ ...parent }, copy)).toBe(true);
      }
      expect(Object.keys(root.context).filter(isReserved)).toEqual([
        "urn:eventy:trace",
        "urn:eventy:identity",
      ]);
    }),
  );
});
