import { describe, expect, it, vi } from "vitest";
import {
  App,
  type AppOptions,
  atLeastOnce,
  atMostOnce,
  exactlyOnce,
  type Failure,
  onEvent,
  retry,
  Service,
} from "../../src/processing/index.js";
import { EventyError } from "../../src/record/index.js";
import type { Member, MemberOptions } from "../../src/store/index.js";
import { MemoryStore } from "../../src/store/memory/index.js";
import { numberOf } from "./fake-claim.js";
import { intercept } from "./intercept.js";
import { type Fault, MortalStore } from "./mortal-store.js";
import { dataIn, storedIn } from "./read-all.js";

const orders = new Service("orders");

function appOf(options: Partial<AppOptions> & Pick<AppOptions, "handlers">): App {
  return new App({ service: orders, store: new MemoryStore(), createTopics: { partitions: 1 }, ...options });
}

function tickDrafts(count: number) {
  return Array.from({ length: count }, (_, n) => orders.event("Tick", { data: { n } }));
}

describe("groups", () => {
  it("do not wait for one another", async () => {
    const ending = new AbortController();
    const seen: number[] = [];
    const stuck = onEvent(orders, "Tick", exactlyOnce, () => Promise.reject(new RangeError("bad")), {
      group: "stuck",
      onError: retry({ times: 1000, delayMs: 1_000_000, maxDelayMs: 1_000_000 }),
    });
    const other = onEvent(orders, "Tick", exactlyOnce, async (event) => {
      seen.push(numberOf(event));
      if (seen.length === 3) ending.abort();
    });
    const app = appOf({ handlers: [stuck, other] });
    await app.emit(...tickDrafts(3));
    await app.run({ signal: ending.signal });
    expect(seen).toEqual([0, 1, 2]);
  });

  it("join when the store is back that was away meanwhile", async () => {
    const store = new MemoryStore();
    let joins = 0;
    const away = new Proxy(store, {
      get(_, name) {
        if (name === "join") return join;
        const value: unknown = Reflect.get(store, name);
        return typeof value === "function" ? value.bind(store) : value;
      },
    });
    async function join(options: MemberOptions): Promise<Member> {
      joins += 1;
      if (joins === 2) throw new EventyError("STORE_UNAVAILABLE", "it is away");
      return store.join(options);
    }
    const seen: string[] = [];
    const handlers = ["first", "second"].map((group) =>
      onEvent(orders, "Tick", exactlyOnce, async () => void seen.push(group), { group }),
    );
    const app = appOf({ store: away, handlers });
    await app.emit(...tickDrafts(1));
    await app.runToEnd();
    expect(seen.sort()).toEqual(["first", "second"]);
    expect(joins).toBe(3);
  });

  it("end while they join, and leave as soon as they have", async () => {
    const store = new MemoryStore();
    const ending = new AbortController();
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const left: string[] = [];
    const slow = intercept(store, {
      join: async (options) => {
        ending.abort();
        await held;
        const member = await store.join(options);
        return intercept(member, {
          leave: async () => {
            await member.leave();
            left.push(options.group);
          },
        });
      },
    });
    const app = appOf({ store: slow, handlers: [onEvent(orders, "Tick", exactlyOnce, async () => {})] });
    await app.run({ signal: ending.signal });
    expect(left).toEqual([]);
    goOn();
    await vi.waitUntil(() => left.length > 0);
    expect(left).toEqual(["orders"]);
  });

  it("stop with the error of a handler, while others go on, and the run says so in the end", async () => {
    const stopped: [string, string][] = [];
    const seen: number[] = [];
    const bad = onEvent(orders, "Tick", exactlyOnce, () => Promise.reject(new RangeError("bad")), {
      group: "bad",
    });
    const good = onEvent(orders, "Tick", exactlyOnce, async (event) => void seen.push(numberOf(event)));
    const onGroupStopped = (group: string, { code }: EventyError): void => void stopped.push([group, code]);
    const app = appOf({ handlers: [bad, good], hooks: { onGroupStopped } });
    await app.emit(...tickDrafts(3));

    await expect(app.runToEnd()).rejects.toMatchObject({
      code: "HANDLER_FAILED",
      cause: new RangeError("bad"),
    });
    expect(stopped).toEqual([["bad", "HANDLER_FAILED"]]);
    expect(seen).toEqual([0, 1, 2]);
  });

  it("end the run at once when there is only one", async () => {
    const bad = onEvent(orders, "Tick", atMostOnce, () => Promise.reject(new RangeError("bad")));
    const app = appOf({ handlers: [bad] });
    await app.emit(...tickDrafts(1));
    await expect(app.run()).rejects.toMatchObject({ code: "HANDLER_FAILED" });
  });

  it("handle what they emit for one another, to the end", async () => {
    const store = new MemoryStore();
    const halve = onEvent<{ n: number }>(orders, "Tick", atLeastOnce, async function* ({ data: { n } }) {
      if (n > 0) yield orders.event("Tock", { data: { n } });
    });
    const back = onEvent<{ n: number }>(
      orders,
      "Tock",
      atMostOnce,
      async function* ({ data: { n } }) {
        yield orders.event("Tick", { data: { n: n - 1 } });
      },
      { group: "back" },
    );
    const app = appOf({ store, handlers: [halve, back] });
    await app.emit(orders.event("Tick", { data: { n: 5 } }));
    await app.runToEnd();
    expect((await dataIn(store, "orders-events")).map((data) => (data as { n: number }).n)).toEqual([
      5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0,
    ]);
  });

  it("go on in other partitions while a handler takes its time", async () => {
    const store = new MemoryStore();
    await store.createTopic("orders-events", 2);
    const ending = new AbortController();
    const seen: number[] = [];
    let goOn = (): void => {};
    const handler = onEvent(orders, "Tick", exactlyOnce, async (event) => {
      if (numberOf(event) === 0) {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
      }
      seen.push(numberOf(event));
      if (numberOf(event) === 2) goOn();
      if (seen.length === 3) ending.abort();
    });
    const app = appOf({ store, handlers: [handler] });
    // murmur2 puts these keys into different partitions.
    await app.emit(
      ...["21", "abc", "abc"].map((partitionKey, n) => orders.event("Tick", { data: { n }, partitionKey })),
    );
    await app.run({ signal: ending.signal });
    expect(new Set((await storedIn(store, "orders-events")).map(({ partition }) => partition)).size).toBe(2);
    expect(seen).toEqual([1, 2, 0]);
  });
});

describe("a group whose store fails", () => {
  const note = onEvent(orders, "Tick", exactlyOnce, async function* (event) {
    yield orders.event("Noted", { data: { n: numberOf(event) } });
  });

  it("goes on when the store can be reached again, and no handler is to blame", async () => {
    const store = new MemoryStore();
    const mortal = new MortalStore(
      store,
      new Map<number, Fault>([
        [0, "unavailable"],
        [1, "unavailable"],
      ]),
    );
    const problems: string[] = [];
    const failures: Failure[] = [];
    const hooks = {
      onStoreProblem: (_: unknown, { code }: EventyError) => void problems.push(code),
      onSkipped: (failure: Failure) => void failures.push(failure),
    };
    const app = appOf({ store: mortal.store, handlers: [note], hooks });
    await app.emit(...tickDrafts(2));
    await app.runToEnd();
    expect(problems).toEqual(["STORE_UNAVAILABLE", "STORE_UNAVAILABLE"]);
    expect(failures).toEqual([]);
    expect((await storedIn(store, "orders-events")).length).toBe(4);
  });

  it("drops everything of a partition that another process has taken over, and goes on when it has it again", async () => {
    const store = new MemoryStore();
    const problems: string[] = [];
    const hooks = { onStoreProblem: (_: unknown, { code }: EventyError) => void problems.push(code) };
    let calls = 0;
    const robbed = onEvent(orders, "Tick", exactlyOnce, async function* (event) {
      if (++calls === 2) await store.expel({ group: "orders", topic: "orders-events", partition: 0 });
      yield orders.event("Noted", { data: { n: numberOf(event) } });
    });
    const app = appOf({ store, handlers: [robbed], hooks });
    await app.emit(...tickDrafts(2));
    await app.runToEnd();
    expect(problems).toEqual(["FENCED"]);
    expect((await dataIn(store, "orders-events")).slice(2)).toEqual([{ n: 0 }, { n: 1 }]);
  });

  it("stops where records that it has not handled are gone", async () => {
    const store = new MemoryStore();
    const app = appOf({ store, handlers: [note] });
    await app.emit(...tickDrafts(2));
    await app.runToEnd();
    await app.emit(...tickDrafts(2));
    await store.deleteBefore({ topic: "orders-events", partition: 0 }, 5);
    await expect(app.runToEnd()).rejects.toMatchObject({ code: "POSITION_LOST" });
  });

  it("stops where an output has no topic", async () => {
    const lost = onEvent(orders, "Tick", exactlyOnce, async function* () {
      yield new Service("nobody").request("Ask");
    });
    const app = appOf({ handlers: [lost] });
    await app.emit(...tickDrafts(1));
    await expect(app.runToEnd()).rejects.toMatchObject({ code: "UNKNOWN_TOPIC" });
  });
});
