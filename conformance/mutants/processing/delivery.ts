import { setTimeout as sleep } from "node:timers/promises";
import type { Handler } from "@eventy/sdk/processing";
import type { EventyRecord } from "@eventy/sdk/record";
import type { Claim, RecordStore, StoredRecord } from "@eventy/sdk/store";
import { override } from "../kit/override.js";
import {
  type MutateParts,
  withCalls,
  withClaims,
  withDecoding,
  withMembers,
  withOptions,
} from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

const POLL_MS = 5;
const DESTINATION = "eventy-destination";

/** Mutants of sections 5.1 and 5.2: which records reach whom, and what they are taken for. */
export const deliveryMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "COD-011",
    {
      "recognises bytes whose content type it does not know": withDecoding((decode, codecs) => {
        const known = new Set(codecs.codecs.map(({ contentType }) => contentType));
        return (bytes, given = {}) => {
          const { contentType, ...rest } = given;
          return decode(bytes, contentType !== undefined && known.has(contentType) ? given : rest);
        };
      }),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-003",
    {
      "recognises bytes whatever their content type": withDecoding((decode) => (bytes) => decode(bytes)),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-004",
    {
      "calls only the first of the handlers of a record": withOptions((options) => ({
        ...options,
        handlers: options.handlers.filter((one, index, all) => all.findIndex(isLike(one)) === index),
      })),
      "passes over events that have a header for a destination": withRead(
        ({ headers, topic }) => !topic.endsWith("-events") || headers[DESTINATION] !== "urn:payments",
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-005",
    {
      "hands out responses to the service itself only": withCalls(
        (call) =>
          async function* (record, context) {
            if (record.type === "RESPONSE" && record.destination !== context.service.urn) return;
            yield* call(record, context);
          },
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-053",
    {
      "decodes what is for others": withClaims((claim) =>
        override(claim, {
          fetch: async (...args) => {
            const { records, next } = await claim.fetch(...args);
            const all = records.map(({ headers: { [DESTINATION]: _, ...headers }, ...one }) => ({
              ...one,
              headers,
            }));
            return { records: all, next };
          },
        }),
      ),
      "passes over what a header says is for an instance of the service": withRead(
        ({ headers }) => !headers[DESTINATION]?.startsWith("urn:orders:"),
      ),
      "passes over responses without a header for their destination": withRead(
        ({ headers, topic }) => !topic.endsWith("-responses") || headers[DESTINATION] !== undefined,
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-006",
    {
      "accepts two handlers of one id": withOptions((options) => ({
        ...options,
        handlers: options.handlers.map((one, index) => ({ ...one, id: `${one.id}#${index}` })),
      })),
    },
    "memory",
  ),
  ...misprocessing("PRC-007", { "lets handlers change the record": shareMutableRecords() }, "memory"),
  ...misprocessing(
    "PRC-008",
    {
      "handles the records of a batch backwards": withClaims((claim) =>
        override(claim, {
          fetch: async (...args) => {
            const { records, next } = await claim.fetch(...args);
            return { records: records.toReversed(), next };
          },
        }),
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-009",
    { "ends one partition before it begins another": onePartitionAfterAnother() },
    "memory",
  ),
  ...misprocessing(
    "PRC-010",
    {
      "stops all groups when one stops": (parts) => ({
        ...parts,
        makeApp: (options) => {
          const controller = new AbortController();
          const { hooks = {} } = options;
          const app = parts.makeApp({
            ...options,
            hooks: {
              ...hooks,
              onGroupStopped: (...args) => {
                controller.abort();
                hooks.onGroupStopped?.(...args);
              },
            },
          });
          return override(app, {
            run: ({ signal } = {}) => app.run({ signal: either(controller.signal, signal) }),
            runToEnd: ({ signal } = {}) => app.runToEnd({ signal: either(controller.signal, signal) }),
          });
        },
      }),
    },
    "memory",
  ),
];

/** Hands out only some of the records that it reads. */
function withRead(wanted: (record: StoredRecord) => boolean): MutateParts {
  return withClaims((claim) =>
    override(claim, {
      fetch: async (...args) => {
        for (;;) {
          const { records, next } = await claim.fetch(...args);
          const left = records.filter(wanted);
          if (left.length > 0 || records.length === 0) return { records: left, next };
        }
      },
    }),
  );
}

function either(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  return other === undefined ? one : AbortSignal.any([one, other]);
}

function isLike(one: Handler): (other: Handler) => boolean {
  return (other) =>
    one.type === other.type &&
    one.from?.urn === other.from?.urn &&
    one.name === other.name &&
    one.group === other.group;
}

function shareMutableRecords(): MutateParts {
  const copies = new Map<string, EventyRecord>();
  return withCalls((call) => (record, context) => {
    const copy = copies.get(record.uuid) ?? { ...record, data: { ...record.data } };
    copies.set(record.uuid, copy as EventyRecord);
    return call(copy as EventyRecord, context);
  });
}

function onePartitionAfterAnother(): MutateParts {
  return withMembers((member, store) => {
    const earlier: Claim[] = [];
    return override(member, {
      claims: async function* () {
        for await (const claim of member.claims()) {
          const before = [...earlier];
          earlier.push(claim);
          yield override(claim, {
            fetch: async (limit, signal) => {
              while (!claim.signal.aborted && !signal?.aborted && !(await areAtEnd(before, store)))
                await sleep(POLL_MS);
              return claim.fetch(limit, signal);
            },
          });
        }
      },
    });
  });
}

async function areAtEnd(claims: readonly Claim[], store: RecordStore): Promise<boolean> {
  for (const claim of claims) {
    const { end } = await store.bounds(claim);
    if (claim.acknowledged < end) return false;
  }
  return true;
}
