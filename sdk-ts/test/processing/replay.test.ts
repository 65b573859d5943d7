import { expect, it } from "vitest";
import { App, atLeastOnce, exactlyOnce, type Handler, onEvent, Service } from "../../src/processing/index.js";
import type { Bounds, RecordStore, TopicPartition } from "../../src/store/index.js";
import { MemoryStore } from "../../src/store/memory/index.js";
import { numberOf } from "./fake-claim.js";
import { intercept } from "./intercept.js";
import { dataIn, recordsIn, storedIn } from "./read-all.js";

const orders = new Service("orders");

function appOf(store: RecordStore, ...handlers: Handler[]): App {
  return new App({ service: orders, store, createTopics: { partitions: 1 }, handlers });
}

it("dead letters are given to the handler that they name, with the identity that they had", async () => {
  const store = new MemoryStore();
  const seen: string[] = [];
  const handlers = (broken: number[]) => [
    onEvent(
      orders,
      "Tick",
      exactlyOnce,
      async function* (event, { position, idempotencyKey }) {
        seen.push(`${numberOf(event)} at ${position.topic} ${position.offset} ${idempotencyKey}`);
        yield orders.event("Noted", { data: { n: numberOf(event) } });
        if (broken.includes(numberOf(event))) throw new RangeError("broken");
      },
      { id: "note", onError: "deadLetter", group: "notes" },
    ),
    onEvent(orders, "Tick", atLeastOnce, async () => void seen.push("other"), { group: "notes" }),
  ];
  await appOf(store, ...handlers([])).emit(...[0, 1, 2].map((n) => orders.event("Tick", { data: { n } })));
  await appOf(store, ...handlers([1, 2])).runToEnd();
  const before = seen.splice(0).filter((text) => text !== "other");

  await appOf(store, ...handlers([2])).replayDeadLetters();
  expect(seen.splice(0)).toEqual([before[1], before[2]]);
  expect((await dataIn(store, "orders-events")).slice(3)).toEqual([{ n: 0 }, { n: 1 }]);

  const letters = await storedIn(store, "orders-dead-letters");
  expect(letters.map(({ headers }) => headers["eventy-dead-letter-offset"])).toEqual(["1", "2", "2"]);
  expect(new Set(letters.map(({ headers }) => Object.keys(headers).toSorted().join())).size).toBe(1);

  await appOf(store, ...handlers([])).replayDeadLetters();
  expect(seen.splice(0)).toEqual([before[2]]);
  await appOf(store, ...handlers([])).replayDeadLetters();
  expect(seen).toEqual([]);
  const noted = (await recordsIn(store, "orders-events")).slice(3);
  expect(noted.map(({ data }) => data)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
});

it("dead letters that name no handler are given to all of their group", async () => {
  const store = new MemoryStore();
  const seen: string[] = [];
  const handlers = (guarantee: typeof exactlyOnce) => [
    onEvent(orders, "Tick", guarantee, async () => void seen.push("one"), { id: "one" }),
    onEvent(orders, "Tick", guarantee, async () => void seen.push("two"), { id: "two" }),
    onEvent(orders, "Tick", guarantee, async () => void seen.push("other"), { group: "other" }),
  ];
  const limited = { contextLimits: { hops: -1 } };
  const options = {
    service: orders,
    store,
    createTopics: { partitions: 1 },
    handlers: handlers(exactlyOnce),
  };
  await new App(options).emit(orders.event("Tick"));
  await new App({ ...options, ...limited, handlers: handlers(exactlyOnce).slice(0, 2) }).runToEnd();
  expect(seen).toEqual([]);

  await new App(options).replayDeadLetters();
  expect(seen).toEqual(["one", "two"]);
});

it("a dead letter whose handler is not there any more stops the replay, and stays", async () => {
  const store = new MemoryStore();
  const bad = (id: string) =>
    onEvent(orders, "Tick", exactlyOnce, () => Promise.reject(new RangeError("bad")), {
      id,
      onError: "deadLetter",
    });
  const app = appOf(store, bad("old"));
  await app.emit(orders.event("Tick"));
  await app.runToEnd();

  await expect(appOf(store, bad("new")).replayDeadLetters()).rejects.toThrow(
    "there is no handler old in group orders any more",
  );
  const fixed = onEvent(orders, "Tick", exactlyOnce, async () => [orders.event("Done")], { id: "old" });
  await appOf(store, fixed).replayDeadLetters();
  expect((await recordsIn(store, "orders-events")).map(({ name }) => name)).toEqual(["Tick", "Done"]);
});

it("a replay ends where the last offsets hold no letter, and where none does", async () => {
  const store = new MemoryStore();
  const bad = onEvent(orders, "Tick", exactlyOnce, () => Promise.reject(new RangeError("bad")), {
    onError: "deadLetter",
  });
  // As where the end of a transaction has an offset, or what was there was undone.
  const bounds = async (partition: TopicPartition): Promise<Bounds> => {
    const { begin, end } = await store.bounds(partition);
    return { begin, end: end + 1 };
  };
  const gapped = intercept<RecordStore>(store, { bounds });
  await appOf(gapped, bad).replayDeadLetters();
  await appOf(store, bad).emit(...[0, 1].map((n) => orders.event("Tick", { data: { n } })));
  await appOf(store, bad).runToEnd();
  const seen: number[] = [];
  const good = onEvent(orders, "Tick", exactlyOnce, async (event) => void seen.push(numberOf(event)));
  await appOf(gapped, good).replayDeadLetters();
  expect(seen).toEqual([0, 1]);
});

it("a replay begins with the oldest letter, wherever the groups begin", async () => {
  const store = new MemoryStore();
  const bad = onEvent(orders, "Tick", exactlyOnce, () => Promise.reject(new RangeError("bad")), {
    onError: "deadLetter",
  });
  await appOf(store, bad).emit(...[0, 1].map((n) => orders.event("Tick", { data: { n } })));
  await appOf(store, bad).runToEnd();
  const seen: number[] = [];
  const good = onEvent(orders, "Tick", exactlyOnce, async (event) => void seen.push(numberOf(event)));
  await new App({ service: orders, store, handlers: [good], start: "CURRENT" }).replayDeadLetters();
  expect(seen).toEqual([0, 1]);
});

it("a handler cannot reach state in a replay, and says so", async () => {
  const store = new MemoryStore();
  const counting = (broken: boolean) =>
    onEvent(
      orders,
      "Tick",
      exactlyOnce,
      async (_, { state }) => {
        if (broken) throw new RangeError("broken");
        state("counts").set("all", 1);
      },
      { onError: broken ? "deadLetter" : "stop" },
    );
  const app = appOf(store, counting(true));
  await app.emit(orders.event("Tick"));
  await app.runToEnd();
  await expect(appOf(store, counting(false)).replayDeadLetters()).rejects.toThrow(
    /state belongs to the partition/,
  );
});
