import { describe, expect, it } from "vitest";
import type {
  Batch,
  Bounds,
  CrashMark,
  FetchLimit,
  Position,
  TopicPartition,
} from "../../src/store/index.js";
import { LocalStore } from "../../src/store/local/local-store.js";
import type { Lease, PlacedRecord, PlacedTransaction, Taken } from "../../src/store/local/log.js";
import { MemoryLog } from "../../src/store/memory/memory-log.js";
import { storeContract } from "../../src/testing/index.js";

class Log extends MemoryLog {
  constructor() {
    super(Date.now);
  }
}

/** Logs that each do one thing wrong, by the check that has to notice it. */
const DEFECTS: Readonly<Record<string, new () => Log>> = {
  "topics: another number of partitions is refused": class extends Log {
    override createTopic(topic: string, partitions: number): Promise<void> {
      return super.createTopic(topic, partitions).catch(() => undefined);
    }
  },
  "append: all records of a call are there, or none": class extends Log {
    override partitionsOf(topic: string): number {
      return topic.endsWith("-unknown") ? 1 : super.partitionsOf(topic);
    }
    override async append(records: readonly PlacedRecord[]): Promise<readonly Position[]> {
      const positions: Position[] = [];
      for (const record of records) positions.push(...(await super.append([record])));
      return positions;
    }
  },
  "append: null and nothing are kept apart, in keys and values": class extends Log {
    override append(records: readonly PlacedRecord[], lease?: Lease): Promise<readonly Position[]> {
      return super.append(
        records.map((record) => ({ ...record, key: record.key || null })),
        lease,
      );
    }
  },
  "append: offsets grow, without gaps if the store says so": class extends Log {
    override async append(records: readonly PlacedRecord[]): Promise<readonly Position[]> {
      return (await super.append(records)).toReversed();
    }
  },
  "read: ends before a number of bytes, with one record at least": class extends Log {
    override read(partition: TopicPartition, offset: number, limit: Required<FetchLimit>): Promise<Batch> {
      return super.read(partition, offset, { ...limit, maxBytes: Number.MAX_SAFE_INTEGER });
    }
  },
  "read: offsets outside of the partition are refused": class extends Log {
    override async read(
      partition: TopicPartition,
      offset: number,
      limit: Required<FetchLimit>,
    ): Promise<Batch> {
      const { begin, end } = await this.bounds(partition);
      return super.read(partition, Math.min(Math.max(offset, begin), end), limit);
    }
  },
  "dates: a date finds the first record of then or later": class extends Log {
    override offsetAt(partition: TopicPartition, date: Date): Promise<number> {
      return super.offsetAt(partition, new Date(date.getTime() + 1));
    }
  },
  "cursors: a group goes on behind what it acknowledged, whatever start says": class extends Log {
    override async take(
      group: string,
      partition: TopicPartition,
      member: string,
      start: number,
    ): Promise<Taken> {
      return { ...(await super.take(group, partition, member, start)), acknowledged: start };
    }
  },
  "claims: acknowledged is durable": class extends Log {
    override async acknowledged(): Promise<number | null> {
      return 0;
    }
  },
  "fences: who was taken over commits nothing": class extends Log {
    override async commit(lease: Lease, transaction: PlacedTransaction): Promise<void> {
      await this.append(transaction.records);
      await super.commit(lease, { ...transaction, records: [] });
    }
  },
  "fences: who was taken over appends and marks nothing": class extends Log {
    override append(records: readonly PlacedRecord[]): Promise<readonly Position[]> {
      return super.append(records);
    }
  },
  "transactions: all of it is there": class extends Log {
    override commit(lease: Lease, transaction: PlacedTransaction): Promise<void> {
      return super.commit(lease, { ...transaction, state: [] });
    }
  },
  "state: groups, topics and partitions have states of their own": class extends Log {
    readonly #values = new Map<string, Uint8Array | null>();
    override async commit(lease: Lease, transaction: PlacedTransaction): Promise<void> {
      await super.commit(lease, transaction);
      for (const { key, value } of transaction.state ?? []) this.#values.set(key, value);
    }
    override async state(_lease: Lease, _state: string, key: string): Promise<Uint8Array | null> {
      return this.#values.get(key) ?? null;
    }
  },
  "marks: a transaction without a mark removes it": class extends Log {
    #mark: CrashMark | undefined;
    override async mark(lease: Lease, mark: CrashMark): Promise<void> {
      this.#mark = mark;
      await super.mark(lease, mark);
    }
    override commit(lease: Lease, transaction: PlacedTransaction): Promise<void> {
      return super.commit(lease, { ...transaction, ...(this.#mark && { mark: this.#mark }) });
    }
  },
  "marks: giving back removes the mark": class extends Log {
    override release(lease: Lease): Promise<void> {
      return super.release(lease, false);
    }
  },
  "end of topics: is not reached by fetching": class extends Log {
    readonly #read = new Set<string>();
    override async read(
      partition: TopicPartition,
      offset: number,
      limit: Required<FetchLimit>,
    ): Promise<Batch> {
      const batch = await super.read(partition, offset, limit);
      this.#read.add(partition.topic);
      return batch;
    }
    override async bounds(partition: TopicPartition): Promise<Bounds> {
      const bounds = await super.bounds(partition);
      return this.#read.has(partition.topic) ? { ...bounds, end: bounds.begin } : bounds;
    }
  },
  "retention: a group whose next record is gone stops, and is not moved": class extends Log {
    override async take(
      group: string,
      partition: TopicPartition,
      member: string,
      start: number,
    ): Promise<Taken> {
      const { begin } = await this.bounds(partition);
      const acknowledged = await this.acknowledged(group, partition);
      if ((acknowledged ?? begin) >= begin) return super.take(group, partition, member, start);
      return { ...partition, group, epoch: 1, acknowledged: begin, mark: null };
    }
  },
};

describe("storeContract", () => {
  it.each(Object.entries(DEFECTS))("fails: %s", async (name, BrokenLog) => {
    const run = (log: () => MemoryLog): Promise<void> | undefined =>
      storeContract({
        open: async () => new LocalStore(log()),
        expel: (store, claim) => (store as LocalStore).expel(claim),
        deleteBefore: (store, partition, offset) => (store as LocalStore).deleteBefore(partition, offset),
      })
        .find((check) => check.name === name)
        ?.run();

    await run(() => new Log());
    await expect(run(() => new BrokenLog())).rejects.toThrow();
  });

  it("leaves out what a store has no means for", () => {
    const themes = (under: object): Set<string | undefined> =>
      new Set(
        storeContract({ open: async () => new LocalStore(new Log()), ...under }).map(
          ({ name }) => name.split(":")[0],
        ),
      );
    const least = themes({ durable: false });
    for (const theme of ["fences", "marks", "work", "retention", "closing", "several processes"]) {
      expect(least.has(theme)).toBe(false);
    }
    expect(themes({ shared: true }).has("several processes")).toBe(true);
  });
});
