import fc from "fast-check";
import { expect, it } from "vitest";
import {
  App,
  atLeastOnce,
  atMostOnce,
  type ErrorPolicy,
  exactlyOnce,
  type Guarantee,
  type Handler,
  onEvent,
  readDeadLetter,
  retry,
  Service,
} from "../../src/processing/index.js";
import { createEvent } from "../../src/record/index.js";
import type { RecordStore } from "../../src/store/index.js";
import { LocalStore } from "../../src/store/local/local-store.js";
import { MemoryLog } from "../../src/store/memory/memory-log.js";
import { codec, decoded } from "./fake-claim.js";
import { type Fault, MortalStore } from "./mortal-store.js";
import { storedIn } from "./read-all.js";

const orders = new Service("orders");
const shop = new Service("shop");

/** A handler, and what goes wrong in it. */
interface Spec {
  readonly guarantee: Guarantee;
  readonly group: string;
  readonly outputs: number;
  readonly onError: ErrorPolicy;
  /** By number of the record: so many calls fail. */
  readonly failures: ReadonlyMap<number, number>;
  /** By number of the record: the process ends in this call. */
  readonly crashes: ReadonlySet<number>;
}

const RECORDS = 12;
const PARTITIONS = 2;

const numbers = fc.integer({ min: 0, max: RECORDS - 1 });
const spec: fc.Arbitrary<Spec> = fc
  .record({
    guarantee: fc.constantFrom(atLeastOnce, atMostOnce, exactlyOnce),
    group: fc.constantFrom("a", "b"),
    outputs: fc.integer({ min: 0, max: 2 }),
    onError: fc.constantFrom<ErrorPolicy>(
      "skip",
      "deadLetter",
      "stop",
      retry({ times: 1, delayMs: 0, orElse: "deadLetter" }),
    ),
    failures: fc
      .uniqueArray(fc.tuple(numbers, fc.integer({ min: 1, max: 3 })), { selector: ([n]) => n, maxLength: 3 })
      .map((pairs) => new Map(pairs)),
    crashes: fc.uniqueArray(numbers, { maxLength: 1 }).map((found) => new Set(found)),
  })
  .filter(({ guarantee, onError }) => guarantee !== atMostOnce || typeof onError !== "object");
const faults = fc.uniqueArray(
  fc.tuple(
    fc.integer({ min: 0, max: 25 }),
    fc.constantFrom<Fault>("crash before", "crash after", "unavailable", "unknown before", "unknown after"),
  ),
  { selector: ([operation]) => operation, maxLength: 2 },
);
const world = fc.record({
  specs: fc.array(spec, { minLength: 1, maxLength: 4 }),
  maxRecords: fc.integer({ min: 1, max: RECORDS }),
  // Handlers of the next batch are called meanwhile.
  commitTurns: fc.integer({ min: 0, max: 3 }),
  // The faults of each process; those that come after meet none.
  processes: fc.array(faults, { maxLength: 3 }),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

it("guarantees hold, whatever fails and whenever processes end", { timeout: 600_000 }, async () => {
  await fc.assert(fc.asyncProperty(world, check), { numRuns: 200 });
});

async function check({ specs, maxRecords, commitTurns, processes }: World): Promise<void> {
  const log = new MemoryLog(Date.now);
  const setup: RecordStore = new LocalStore(log);
  await setup.createTopic("shop-events", PARTITIONS);
  await setup.createTopic("orders-events", 1);
  await setup.createTopic("orders-dead-letters", 1);
  await setup.append(
    Array.from({ length: RECORDS }, (_, n) => ({
      topic: "shop-events",
      partition: n % PARTITIONS,
      key: String(n),
      value: codec.encode(
        createEvent({ namespace: "urn:shop", name: "Tick", data: { n }, partitionKey: String(n) }),
      ),
    })),
  );
  const journal = new Journal();
  let ended = false;
  for (let life = 0; !ended; life++) {
    expect(life).toBeLessThan(60);
    const mortal = new MortalStore(new LocalStore(log), new Map(processes[life] ?? []), commitTurns);
    const handlers = specs.map((spec, index) => handlerOf(spec, index, journal, mortal));
    const app = new App({
      service: orders,
      store: mortal.store,
      handlers,
      batch: { maxRecords },
      crashLimit: 1000,
    });
    const outcome = await Promise.race([app.runToEnd().catch((error: Error) => error), mortal.crashed]);
    ended = outcome === undefined;
  }
  const calm = processes.flat().length === 0 && specs.every(({ crashes }) => crashes.size === 0);
  const result = { journal, calm, outputs: await outputsIn(setup), letters: await lettersIn(setup) };
  for (const [index, spec] of specs.entries()) expectGuarantee(spec, index, result);
}

interface Result {
  readonly journal: Journal;
  /** No process has crashed, and the store has not failed. */
  readonly calm: boolean;
  readonly outputs: readonly Output[];
  /** By id of the handler and number of the record. */
  readonly letters: readonly string[];
}

/** What happened in handlers, in all lives. */
class Journal {
  readonly calls = new Map<string, number>();
  readonly crashed = new Set<string>();

  call(key: string): number {
    const calls = (this.calls.get(key) ?? 0) + 1;
    this.calls.set(key, calls);
    return calls;
  }
}

function handlerOf(spec: Spec, index: number, journal: Journal, mortal: MortalStore): Handler {
  const { guarantee, group, outputs, onError, failures, crashes } = spec;
  const id = `h${index}`;
  return onEvent(
    shop,
    "Tick",
    guarantee,
    async function* ({ data }, { state }) {
      const n = Number(data["n"]);
      const key = `${id} ${n}`;
      const call = journal.call(key);
      const counter = state(id);
      const count = Number((await counter.get("count")) ?? 0) + 1;
      if (guarantee === exactlyOnce) counter.set("count", count);
      for (let i = 0; i < outputs; i++) {
        yield orders.event("Out", { data: { id, n, i, count } });
        if (i === 0 && call <= (failures.get(n) ?? 0)) throw new RangeError(`${key} fails`);
      }
      if (crashes.has(n) && !journal.crashed.has(key)) {
        journal.crashed.add(key);
        await mortal.crash();
      }
      if (outputs === 0 && call <= (failures.get(n) ?? 0)) throw new RangeError(`${key} fails`);
    },
    { id, group, onError },
  );
}

interface Output {
  readonly uuid: string;
  readonly id: string;
  readonly n: number;
  readonly i: number;
  readonly count: number;
}

async function outputsIn(store: RecordStore): Promise<Output[]> {
  const stored = await storedIn(store, "orders-events");
  return stored.map(({ value }) => {
    const { uuid, data } = decoded(value);
    return { uuid, ...(data as unknown as Omit<Output, "uuid">) };
  });
}

async function lettersIn(store: RecordStore): Promise<string[]> {
  const stored = await storedIn(store, "orders-dead-letters");
  return stored.map(
    ({ value, headers }) => `${readDeadLetter(headers)?.handler} ${decoded(value).data["n"]}`,
  );
}

function expectGuarantee(spec: Spec, index: number, { journal, outputs, letters, calm }: Result): void {
  const id = `h${index}`;
  const mine = outputs.filter((output) => output.id === id);
  const uuids = new Map(mine.map(({ n, i, uuid }) => [`${n} ${i}`, uuid]));
  for (const { n, i, uuid } of mine) expect(uuids.get(`${n} ${i}`)).toBe(uuid);
  expect(new Set(uuids.values()).size).toBe(uuids.size);

  for (let n = 0; n < RECORDS; n++) {
    const key = `${id} ${n}`;
    const calls = journal.calls.get(key) ?? 0;
    const found = mine.filter((output) => output.n === n).map(({ i }) => i);
    const dead = letters.filter((letter) => letter === key).length;
    const mayBeGivenUp = spec.failures.has(n) && spec.onError !== "stop";
    const all = Array.from({ length: spec.outputs }, (_, i) => i);
    expect(dead).toBeLessThanOrEqual(mayBeGivenUp ? 1 : 0);
    if (spec.guarantee === atMostOnce) {
      expect(calls).toBeLessThanOrEqual(1);
      if (calm) expect(calls).toBe(1);
      expect(found).toEqual(all.slice(0, found.length));
    } else if (spec.guarantee === atLeastOnce) {
      expect(calls).toBeGreaterThanOrEqual(1);
      if (!mayBeGivenUp) expect([...new Set(found)]).toEqual(all);
    } else {
      expect(calls).toBeGreaterThanOrEqual(1);
      const givenUp = mayBeGivenUp && found.length === 0;
      expect(found).toEqual(givenUp ? [] : all);
      if (spec.outputs > 0 && spec.onError !== "skip") expect(dead).toBe(givenUp ? 1 : 0);
    }
  }
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const first = mine.filter(({ n, i }) => n % PARTITIONS === partition && i === 0);
    const order = [...new Set(first.map(({ n }) => n))];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    // The state was changed once for each record.
    if (spec.guarantee === exactlyOnce)
      expect(first.map(({ count }) => count)).toEqual(order.map((_, i) => i + 1));
  }
}
