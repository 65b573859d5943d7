import type { Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import {
  doubleValue,
  entriesOf,
  integerValue,
  mapOf,
  stringValue,
  type ValueMap,
} from "../../src/oracle/values.js";
import { breaking } from "../kit/breaking.js";
import { editPart, editParts, FLOW, isReserved } from "../kit/context.js";
import { emitsFor, emitsOther, forgivesEmission, onEmit } from "../kit/emitting.js";
import { emitted } from "../kit/replies.js";

/** Drops parts that must be inherited. */
function dropsParts(isDropped: (namespace: string, part: ValueMap) => boolean): Mutant["mutate"] {
  return emitsOther((record, { service, input }) => {
    if (!input) return;
    editParts(record, (parts) => {
      for (const [namespace, part] of parts)
        if (namespace !== service && namespace !== FLOW && isDropped(namespace, part))
          parts.delete(namespace);
    });
  });
}

/** Mutants of section 6.3, the fields. */
export const inheritanceMutants: readonly Mutant[] = [
  ...breaking("CTX-006", {
    "gives each output a correlation id of its own": emitsOther((record, { input }) => {
      if (input?.correlationId) record.correlationId = `new:${record.uuid}`;
    }),
    "gives outputs the uuid of the input as correlation id": emitsOther((record, { input }) => {
      if (input) record.correlationId = input.uuid;
    }),
  }),
  ...breaking("CTX-007", {
    "takes the correlation id of a draft with an input": forgivesEmission(
      ({ input, drafts }) => {
        for (const draft of drafts) if (input) delete draft.correlationId;
      },
      (records, { drafts }) => {
        for (const [i, record] of records.entries())
          record.correlationId = drafts[i]?.correlationId ?? record.correlationId;
      },
    ),
    "takes the correlation id of a draft that is the same": forgivesEmission(({ input, drafts }) => {
      for (const draft of drafts)
        if (draft.correlationId === input?.correlationId) delete draft.correlationId;
    }),
  }),
  ...breaking("CTX-008", {
    "makes up a correlation id where that of the input is empty": emitsOther((record, { input }) => {
      if (input?.correlationId === "") record.correlationId = `new:${record.uuid}`;
    }),
    "makes up one correlation id for each input": emitsOther((record, { input }) => {
      if (input?.correlationId === "") record.correlationId = "orders:op:0123456789";
    }),
  }),
  ...breaking("CTX-009", {
    "inherits no partition key": emitsOther((record, { input, draft }) => {
      if (input && draft.partition.case === undefined) delete record.partitionKey;
    }),
    "inherits an empty partition key as null": emitsOther((record, { draft }) => {
      if (draft.partition.case === undefined && record.partitionKey === "") delete record.partitionKey;
    }),
    "inherits no partition key as an empty one": emitsOther((record, { input, draft }) => {
      if (input && draft.partition.case === undefined) record.partitionKey ??= "";
    }),
  }),
  ...breaking("CTX-010", {
    "inherits the partition key, whatever a draft sets": emitsFor(({ input, drafts }) => {
      for (const draft of drafts) if (input) draft.partition = { case: undefined };
    }),
    "inherits the partition key where a draft sets none": emitsFor(({ drafts }) => {
      for (const draft of drafts)
        if (draft.partition.case === "anyPartition") draft.partition = { case: undefined };
    }),
    "inherits the partition key where a draft sets an empty one": emitsFor(({ drafts }) => {
      for (const draft of drafts) if (draft.partition.value === "") draft.partition = { case: undefined };
    }),
  }),
  ...breaking("CTX-011", {
    "inherits the own part alone": dropsParts(() => true),
    "does not inherit reserved parts": dropsParts(isReserved),
    "does not inherit reserved parts that it does not know": dropsParts((namespace) =>
      /^urn:eventy(?!:(flow|trace|identity)$)/.test(namespace),
    ),
    "does not inherit under keys that are no URNs": dropsParts(
      (namespace) => !/^urn:[\w:-]+$/.test(namespace),
    ),
    "does not inherit empty parts": dropsParts((_, { entries }) => entries.length === 0),
    "does not inherit null values": emitsOther((record) => {
      for (const { values } of record.context)
        if (values) values.entries = values.entries.filter(({ value }) => value?.kind.case !== "null");
    }),
    "rounds integers that are inherited": emitsOther((record) => {
      for (const { namespace, values } of record.context)
        for (const { value } of namespace === FLOW ? [] : (values?.entries ?? []))
          if (value?.kind.case === "integer") value.kind = doubleValue(Number(value.kind.value)).kind;
    }),
    "does not inherit lists and maps": emitsOther((record, { service }) => {
      for (const { namespace, values } of record.context)
        if (values && namespace !== service)
          values.entries = values.entries.filter(
            ({ value }) => !["list", "map"].includes(String(value?.kind.case)),
          );
    }),
  }),
  ...breaking("CTX-017", {
    "does not count hops": emitsOther((record, { input }) => {
      if (input) editPart(record, FLOW, (flow) => flow.set("hops", integerValue(1n)));
    }),
    "counts hops from zero": emitsOther((record, { input }) => {
      if (!input) return;
      editPart(record, FLOW, (flow) => {
        const { kind } = flow.get("hops") ?? {};
        if (kind?.case === "integer" && kind.value === 1n) flow.set("hops", integerValue(0n));
      });
    }),
    "names the cause of the input as the cause": emitsOther((record, { input }) => {
      const cause =
        input &&
        entriesOf(input.context.find(({ namespace }) => namespace === FLOW)?.values).get("causation_uuid");
      if (cause?.kind.case === "string") editPart(record, FLOW, (flow) => flow.set("causation_uuid", cause));
    }),
    "names no cause": emitsOther((record, { input }) => {
      if (input) editPart(record, FLOW, (flow) => flow.delete("causation_uuid"));
    }),
    "inherits other keys of the flow": emitsOther((record, { input }) => {
      const flow = entriesOf(input?.context.find(({ namespace }) => namespace === FLOW)?.values);
      if (input)
        editPart(record, FLOW, (own) => {
          for (const [key, value] of flow) if (!own.has(key)) own.set(key, value);
        });
    }),
    "writes the time into the flow": emitsOther((record, { input }) => {
      if (input) editPart(record, FLOW, (flow) => flow.set("at", stringValue("now")));
    }),
  }),
  ...breaking("CTX-018", {
    "emits the drafts that it does not refuse": onEmit((emit, ask) => {
      const answer = ask(emit);
      if (answer.case === "emitted" || emit.drafts.length < 2) return answer;
      const answers = emit.drafts.map((draft) => ask({ ...emit, drafts: [draft] }));
      const records = answers.flatMap((one) => (one.case === "emitted" ? one.value.records : []));
      return records.length > 0 ? emitted(records) : answer;
    }),
    "emits the drafts before the one that it refuses": onEmit((emit, ask) => {
      const answer = ask(emit);
      if (answer.case === "emitted") return answer;
      const before = emit.drafts.findIndex((draft) => ask({ ...emit, drafts: [draft] }).case === "failed");
      return before > 0 ? ask({ ...emit, drafts: emit.drafts.slice(0, before) }) : answer;
    }),
  }),
  ...breaking("CTX-019", {
    "has drafts inherit the own part of the one before": onEmit((emit, ask) => {
      const answer = ask(emit);
      if (answer.case !== "emitted" || !emit.input) return answer;
      const records: NeutralRecord[] = [];
      for (const draft of emit.drafts) {
        const one = ask({ ...emit, drafts: [draft] });
        if (one.case !== "emitted") return answer;
        records.push(...one.value.records);
        const own = records.at(-1)?.context.find(({ namespace }) => namespace === emit.service)?.values;
        editParts(emit.input, (parts) => parts.set(emit.service, own ?? mapOf([])));
      }
      return emitted(records);
    }),
    "counts a hop for each draft": emitsOther((record, { input, index }) => {
      if (input && index > 0)
        editPart(record, FLOW, (flow) => flow.set("hops", integerValue(BigInt(index) + 1n)));
    }),
  }),
  ...breaking("CTX-021", {
    "inherits nothing but the correlation id, as eventy 3.4.0 does": emitsOther(
      (record, { input, draft }) => {
        if (!input) return;
        record.context = draft.context;
        if (draft.partition.case === undefined) delete record.partitionKey;
      },
    ),
    "inherits nothing": onEmit((emit, ask) => {
      const { input: _, ...rest } = emit;
      const answer = ask(emit);
      const alone = ask(rest);
      return answer.case === "emitted" && alone.case === "emitted" ? alone : answer;
    }),
  }),
];
