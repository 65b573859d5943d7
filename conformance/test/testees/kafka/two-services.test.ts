import { afterEach, describe, expect, test } from "vitest";
import { must } from "../../../src/cases/scenario/command.js";
import type { Run } from "../../../src/cases/testee.js";
import { firstDifference } from "../../../src/checker/index.js";
import { Encoding } from "../../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { murmur2 } from "../../../src/oracle/murmur2.js";
import { PARTITIONS, TwoServices, type Written } from "./two-services.js";

const TICKS = 120;
const ALL = Array.from({ length: TICKS }, (_, n) => `tick:${n}`).toSorted();
/** At so many answers, the process of the SDK is killed. */
const KILL_AT = 20;

describe.each([
  ["JSON", Encoding.JSON],
  ["Avro", Encoding.AVRO],
])("a service of the SDK and one of eventy 3.4.0 on one Kafka, in %s", (_, encoding) => {
  let two: TwoServices;

  afterEach(() => two.end());

  test("answer each other, also when the process of the SDK is killed", { timeout: 300_000 }, async () => {
    two = await TwoServices.begin(encoding);
    const payments = await two.runPayments();
    const killed = await two.runShop();
    await two.tick(TICKS);
    for (let i = 0; i < KILL_AT; i++) await next(killed, "Charged");
    await two.typescript.kill();
    const shop = await two.runShop();
    const answers = new Set(heard(killed, "Charged"));
    while (answers.size < TICKS) answers.add(await next(shop, "Charged"));
    for (let i = 0; i < TICKS; i++) await next(payments, "Priced");
    expect(await shop.stop()).toMatchObject({ case: "done" });

    // What the one asked, the other one answered, each once.
    const asked = await two.written(two.payments, "requests");
    const charged = await two.written(two.payments, "responses");
    const paid = await two.written(two.shop, "events");
    const prices = await two.written(two.shop, "requests");
    const priced = await two.written(two.shop, "responses");
    for (const records of [asked, charged, paid, prices, priced])
      expect(records.map(({ record }) => record.correlationId).toSorted()).toEqual(ALL);
    // The SDK keeps the context; eventy 3.4.0 keeps nothing but the correlation id.
    for (const { record } of asked)
      expect(record.context.map(({ namespace }) => namespace)).toEqual([two.clock, "urn:eventy:flow"]);
    for (const { record } of [...charged, ...prices]) expect(record.context).toEqual([]);
    // What eventy 3.4.0 writes stands elsewhere and has no headers, and is found and read all the same.
    expect(asked.every(isWhereMurmur2Says)).toBe(true);
    expect(prices.every(isWhereMurmur2Says)).toBe(false);
    for (const { stored } of [...charged, ...prices]) expect(stored.headers).toEqual({});
    for (const { stored } of priced) expect(stored.headers["eventy-destination"]).toBe(two.payments);
    // It reads whatever the SDK writes.
    for (const { record, stored } of [...asked, ...paid, ...priced]) {
      const value = { encoding, bytes: stored.value ?? new Uint8Array() };
      const decoded = await must(two.python, { case: "decode", value }, "decoded");
      // It computes dates in floating point, and is a millisecond off now and then.
      expect(decoded.record && firstDifference(record, decoded.record, ["date"])).toBeUndefined();
    }
  });
});

/** Waits until a handler has come to its end once more, and says with which record. */
async function next(run: Run, handler: string): Promise<string> {
  const { delivery } = await run.next("effect", (event) => event.delivery?.handler === handler);
  return delivery?.uuid ?? "";
}

/** The records with which a handler came to its end. */
function heard(run: Run, handler: string): readonly string[] {
  return run.events.flatMap(({ case: kind, value }) =>
    kind === "effect" && value.delivery?.handler === handler ? [value.delivery.uuid] : [],
  );
}

function isWhereMurmur2Says({ stored: { key, partition } }: Written): boolean {
  return key !== undefined && (murmur2(Buffer.from(key)) & 0x7fffffff) % PARTITIONS === partition;
}
