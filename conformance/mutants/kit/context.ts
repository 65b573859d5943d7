import { compactSize } from "../../src/checker/emission/compact-size.js";
import type { Emit } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { contextEntry, entriesOf, mapOf, type Value, type ValueMap } from "../../src/oracle/values.js";

/** Namespace of the part that counts hops. */
export const FLOW = "urn:eventy:flow";

/** True for the namespaces of the protocol. */
export function isReserved(namespace: string): boolean {
  return /^urn:eventy(:|$)/.test(namespace);
}

/** The parts of a context. */
export function partsOf(record: NeutralRecord | undefined): Map<string, ValueMap> {
  return new Map(record?.context.map(({ namespace, values }) => [namespace, values ?? mapOf([])]));
}

/** Changes the parts of a context. */
export function editParts(record: NeutralRecord, change: (parts: Map<string, ValueMap>) => void): void {
  const parts = partsOf(record);
  change(parts);
  record.context = Array.from(parts, ([namespace, values]) => contextEntry(namespace, values));
}

/** Changes the entries of one part, which is there afterwards. */
export function editPart(
  record: NeutralRecord,
  namespace: string,
  change: (entries: Map<string, Value>) => void,
): void {
  editParts(record, (parts) => {
    const entries = entriesOf(parts.get(namespace));
    change(entries);
    parts.set(namespace, mapOf(entries));
  });
}

/** How many namespaces and bytes the larger of the input and what a draft makes of it has, and its hops. */
export function sizesOf({ input, drafts }: Emit): { namespaces: number; bytes: number; hops: number } {
  const parts = partsOf(input);
  for (const { context } of drafts)
    for (const { namespace, values = mapOf([]) } of context)
      parts.set(namespace, mapOf([...entriesOf(parts.get(namespace)), ...entriesOf(values)]));
  const hops = Number(entriesOf(parts.get(FLOW)).get("hops")?.kind.value ?? 0);
  return {
    namespaces: [...parts.keys()].filter((namespace) => !isReserved(namespace)).length,
    bytes: compactSize(parts),
    hops: hops + (input && drafts.length > 0 ? 1 : 0),
  };
}
