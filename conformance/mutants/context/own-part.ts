import type { Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { entriesOf, mapOf, nullValue } from "../../src/oracle/values.js";
import { breaking } from "../kit/breaking.js";
import { editPart, editParts, isReserved } from "../kit/context.js";
import { emitsFor, emitsOther, forgivesEmission, type Origin } from "../kit/emitting.js";

/** What a draft writes into the own part. */
function writes({ draft, service }: Origin): ReturnType<typeof entriesOf> {
  return entriesOf(draft.context.find(({ namespace }) => namespace === service)?.values);
}

function inheritedPart({ input, service }: Origin): ReturnType<typeof entriesOf> {
  return entriesOf(input?.context.find(({ namespace }) => namespace === service)?.values);
}

function hasPart(record: NeutralRecord, namespace: string): boolean {
  return record.context.some((part) => part.namespace === namespace);
}

/** Mutants of section 6.3, the own part. */
export const ownPartMutants: readonly Mutant[] = [
  ...breaking("CTX-012", {
    "replaces the own part as a whole": emitsOther((record, origin) => {
      const written = writes(origin);
      if (written.size === 0) return;
      editPart(record, origin.service, (own) => {
        for (const key of own.keys()) if (!written.has(key)) own.delete(key);
      });
    }),
    "writes only keys that are new": emitsOther((record, origin) => {
      const inherited = inheritedPart(origin);
      if (hasPart(record, origin.service))
        editPart(record, origin.service, (own) => {
          for (const [key, value] of inherited) if (own.has(key)) own.set(key, value);
        });
    }),
    "does not inherit the own part": emitsOther((record, origin) => {
      const written = writes(origin);
      editParts(record, (parts) => {
        if (inheritedPart(origin).size > 0 && written.size === 0) parts.delete(origin.service);
      });
    }),
    "merges maps inside the own part": emitsOther((record, origin) => {
      const inherited = inheritedPart(origin);
      if (!hasPart(record, origin.service)) return;
      editPart(record, origin.service, (own) => {
        for (const [key, value] of own) {
          const before = inherited.get(key)?.kind;
          if (before?.case === "map" && value.kind.case === "map")
            value.kind.value = mapOf([...entriesOf(before.value), ...entriesOf(value.kind.value)]);
        }
      });
    }),
    "drops inherited nulls of the own part": emitsOther((record, origin) => {
      const inherited = inheritedPart(origin);
      if (hasPart(record, origin.service))
        editPart(record, origin.service, (own) => {
          for (const [key, { kind }] of inherited) if (kind.case === "null" && own.has(key)) own.delete(key);
        });
    }),
    "does not write __proto__ into the own part": emitsOther((record, { service }) => {
      if (hasPart(record, service)) editPart(record, service, (own) => own.delete("__proto__"));
    }),
    "writes nothing into the context of roots": emitsOther((record, { input }) => {
      if (!input) record.context = [];
    }),
  }),
  ...breaking("CTX-013", {
    "writes null into the own part": emitsOther((record, origin) => {
      for (const [key, { kind }] of writes(origin))
        if (kind.case === "null") editPart(record, origin.service, (own) => own.set(key, nullValue()));
    }),
    "ignores nulls that a draft writes": emitsFor(({ drafts }) => {
      for (const { context } of drafts)
        for (const { values } of context)
          if (values) values.entries = values.entries.filter(({ value }) => value?.kind.case !== "null");
    }),
  }),
  ...breaking("CTX-014", {
    "keeps an own part without keys": emitsOther((record, { service, input, draft }) => {
      const isTouched =
        draft.context.length > 0 || input?.context.some(({ namespace }) => namespace === service);
      if (isTouched) editPart(record, service, () => {});
    }),
    "keeps an inherited own part without keys": emitsOther((record, { service, input }) => {
      if (input?.context.some(({ namespace, values }) => namespace === service && !values?.entries.length))
        editPart(record, service, () => {});
    }),
  }),
  ...breaking("CTX-015", {
    "ignores writes into other parts": forgivesEmission(({ service, drafts }) => {
      for (const draft of drafts)
        draft.context = draft.context.filter(
          ({ namespace }) => namespace === service || isReserved(namespace),
        );
    }),
    "writes into other parts": forgivesEmission(
      ({ drafts }) => {
        for (const draft of drafts) draft.context = [];
      },
      (records, { drafts }) => {
        for (const [i, record] of records.entries())
          for (const { namespace, values } of drafts[i]?.context ?? [])
            editPart(record, namespace, (part) => {
              for (const [key, value] of entriesOf(values)) part.set(key, value);
            });
      },
    ),
    "lets services write below their URN": forgivesEmission(({ service, drafts }) => {
      for (const draft of drafts)
        draft.context = draft.context.filter(({ namespace }) => !namespace.startsWith(`${service}:`));
    }),
    "lets services write above their URN": forgivesEmission(({ service, drafts }) => {
      for (const draft of drafts)
        draft.context = draft.context.filter(({ namespace }) => !service.startsWith(`${namespace}:`));
    }),
  }),
  ...breaking("CTX-016", {
    "ignores writes into reserved parts": forgivesEmission(({ drafts }) => {
      for (const draft of drafts)
        draft.context = draft.context.filter(({ namespace }) => !isReserved(namespace));
    }),
    "lets drafts set the trace": forgivesEmission(({ drafts }) => {
      for (const draft of drafts)
        draft.context = draft.context.filter(({ namespace }) => namespace !== "urn:eventy:trace");
    }),
    "reserves only the namespaces that it knows": forgivesEmission(({ drafts }) => {
      for (const draft of drafts)
        draft.context = draft.context.filter(
          ({ namespace }) => !isReserved(namespace) || /:(flow|trace|identity)$/.test(namespace),
        );
    }),
    "lets a service write into a reserved part of its own": forgivesEmission((emit) => {
      if (isReserved(emit.service)) emit.service = "urn:service";
      for (const draft of emit.drafts)
        draft.context = draft.context.filter(({ namespace }) => namespace !== "urn:eventy:mine");
    }),
  }),
];
