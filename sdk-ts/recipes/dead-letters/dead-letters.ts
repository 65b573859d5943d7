// A record that a handler cannot handle becomes a dead letter, and the others go on. When the handler is mended, the
// dead letters are handled again, by it alone:
//
//     node dead-letters.js

import { App, exactlyOnce, type Failure, onEvent, retry, Service } from "@eventy/sdk/processing";
import { MemoryStore } from "@eventy/sdk/store/memory";

const shop = new Service("shop");
const store = new MemoryStore();

function appWith(prices: ReadonlyMap<string, number>): App {
  const bill = onEvent<{ product: string }>(
    shop,
    "Sold",
    exactlyOnce,
    async function* ({ data: { product } }) {
      const cents = prices.get(product);
      if (cents === undefined) throw new RangeError(`no price of ${product}`);
      yield shop.event("Billed", { data: { product, cents } });
    },
    { id: "bill", onError: retry({ times: 2, delayMs: 10, orElse: "deadLetter" }) },
  );
  const print = onEvent<{ product: string; cents: number }>(shop, "Billed", exactlyOnce, async ({ data }) => {
    console.log(`${data.product}: ${data.cents} cents`);
  });
  const onDeadLetter = ({ handler, attempts, error }: Failure): void => {
    console.log(`dead letter of ${handler} after ${attempts} tries: ${error.message}`);
  };
  return new App({
    service: shop,
    store,
    handlers: [bill, print],
    hooks: { onDeadLetter },
    createTopics: { partitions: 1 },
  });
}

const app = appWith(new Map([["tea", 300]]));
await app.emit(...["coffee", "tea"].map((product) => shop.event("Sold", { data: { product } })));
await app.runToEnd();

const mended = appWith(
  new Map([
    ["tea", 300],
    ["coffee", 250],
  ]),
);
await mended.replayDeadLetters();
await mended.runToEnd();
