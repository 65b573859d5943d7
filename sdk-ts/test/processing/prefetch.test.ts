import { expect, it } from "vitest";
import { atLeastOnce, onEvent } from "../../src/processing/index.js";
import { Prefetch } from "../../src/processing/prefetch.js";
import { EventyError } from "../../src/record/index.js";
import type { Batch, FetchLimit } from "../../src/store/index.js";
import { FakeClaim, jobOf, orders, tick } from "./fake-claim.js";

/** A claim that has a record at each offset, and counts what is fetched. */
class Endless extends FakeClaim {
  fetched = 0;
  unavailable = 0;

  override async fetch(_limit?: FetchLimit, signal?: AbortSignal): Promise<Batch> {
    if (this.unavailable-- > 0) throw new EventyError("STORE_UNAVAILABLE", "gone for a moment");
    if (signal?.aborted) return { records: [], next: this.fetched };
    return { records: [tick(this.fetched)], next: ++this.fetched };
  }
}

function prefetchOf(claim: Endless): Prefetch {
  return new Prefetch(claim, jobOf(claim, [onEvent(orders, "Tick", atLeastOnce, async () => {})]), {});
}

it("one batch is fetched ahead, and no more", async () => {
  const claim = new Endless();
  const prefetch = prefetchOf(claim);
  for (let n = 0; n < 3; n++) {
    expect((await prefetch.next()).records[0]?.offset).toBe(n);
    await new Promise(setImmediate);
    expect(claim.fetched).toBe(n + 2);
  }
  claim.stopping.abort();
  await prefetch.end();
});

it("a store that cannot be reached is asked again", async () => {
  const claim = new Endless();
  claim.unavailable = 2;
  const prefetch = prefetchOf(claim);
  expect((await prefetch.next()).records[0]?.offset).toBe(0);
  claim.stopping.abort();
  await prefetch.end();
});
