import { EventyError } from "@eventy/sdk/record";
import type { RecordStore } from "@eventy/sdk/store";
import { override } from "../kit/override.js";
import { withClaims, withStore } from "../kit/parts.js";
import { rewrites } from "../kit/sql.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of section 4.4: what readers see. */
export const readMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "STO-012",
    { "gives offsets without the lock of the head": rewrites(" FOR UPDATE OF h", "") },
    "postgresql",
  ),
  ...misprocessing("STO-013", {
    "stops where an offset has no record": withClaims((claim) => {
      let position = claim.acknowledged;
      return override(claim, {
        fetch: async (...args) => {
          const { records, next } = await claim.fetch(...args);
          const gap = records.findIndex(({ offset }, index) => offset !== position + index);
          const whole = gap < 0 ? records : records.slice(0, gap);
          position += whole.length;
          return { records: whole, next: gap < 0 ? next : position };
        },
      });
    }),
  }),
  ...misprocessing(
    "STO-014",
    {
      "begins behind the oldest record": withStore((store) =>
        override(store, {
          bounds: async (place) => {
            const { begin, end } = await store.bounds(place);
            return { begin: Math.min(begin + 1, end), end };
          },
        }),
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "STO-015",
    {
      "takes the date of the record for a date cursor": withStore((store) =>
        override(store, {
          offsetAt: async (place, date) => {
            const { begin, end } = await store.bounds(place);
            const { records } = await store.read(place, begin);
            const found = records.find(({ value }) => dateIn(value) >= date.getTime());
            return found?.offset ?? end;
          },
        }),
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "STO-016",
    {
      "lets the time of appends go back": rewrites(
        /greatest\(h\.appended_at, (floor\(.*?\)::bigint)\)/g,
        "$1",
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "STO-017",
    {
      "reads from the nearest record where the position is lost": withStore((store) =>
        override(store, {
          read: async (place, offset, limit) => {
            try {
              return await store.read(place, offset, limit);
            } catch (error) {
              if (!(error instanceof EventyError) || error.code !== "POSITION_LOST") throw error;
              const { begin, end } = await store.bounds(place);
              return store.read(place, Math.min(Math.max(offset, begin), end), limit);
            }
          },
        }),
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "STO-018",
    { "acknowledges what was read for a group": withStore(acknowledgesReads) },
    "memory",
  ),
];

function dateIn(value: Uint8Array | null): number {
  const fields: unknown = JSON.parse(Buffer.from(value ?? []).toString() || "{}");
  const isRecord = typeof fields === "object" && fields !== null && "date_timestamp" in fields;
  return isRecord ? Number(fields.date_timestamp) : 0;
}

function acknowledgesReads(store: RecordStore): RecordStore {
  let asking: string | undefined;
  return override(store, {
    acknowledged: (group, place) => {
      asking = group;
      return store.acknowledged(group, place);
    },
    read: async (place, offset, limit) => {
      const batch = await store.read(place, offset, limit);
      if (asking === undefined) return batch;
      const member = await store.join({ group: asking, topics: [place.topic] });
      for await (const claim of member.claims()) {
        if (claim.partition === place.partition && batch.next > claim.acknowledged) {
          await claim.fetch();
          await claim.commit({ acknowledge: batch.next });
        }
        await claim.release();
        if (claim.partition === place.partition) break;
      }
      await member.leave();
      return batch;
    },
  });
}
