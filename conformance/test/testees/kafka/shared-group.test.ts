import { afterEach, beforeEach, expect, test } from "vitest";
import type { NeutralRecord } from "../../../src/oracle/index.js";
import { murmur2 } from "../../../src/oracle/murmur2.js";
import { KEYS, PARTITIONS, SharedGroup } from "./shared-group.js";

let shared: SharedGroup;

beforeEach(async () => {
  shared = await SharedGroup.begin();
});

afterEach(() => shared.end());

test("librdkafka and the SDK share a group, whoever leads it, and take over from each other", async () => {
  // librdkafka leads.
  await shared.runLibrdkafka();
  await shared.shared({ librdkafka: PARTITIONS });
  await convert();
  await shared.runSdk();
  await shared.shared({ librdkafka: 3, sdk: 3 });
  await convert();
  await shared.write();
  await shared.endLibrdkafka("SIGKILL");
  await convert();

  // The SDK leads.
  await shared.runLibrdkafka();
  await shared.shared({ librdkafka: 3, sdk: 3 });
  await convert();
  await shared.write();
  await shared.sdk.kill();
  await convert();

  // Both leave in order.
  const run = await shared.runSdk();
  await shared.shared({ librdkafka: 3, sdk: 3 });
  await convert();
  expect(await shared.endLibrdkafka("SIGTERM")).toBe(0);
  await shared.shared({ sdk: PARTITIONS });
  await convert();
  expect(await run.stop()).toMatchObject({ case: "done" });

  // Each request is converted once, those of a key in order, by both.
  const requests = (await shared.read("requests")).flat();
  const events = (await shared.read("events")).flat();
  for (const key of KEYS) {
    const chains = [requests, events].map((records) =>
      records.filter(({ partitionKey }) => partitionKey === key).map(({ correlationId }) => correlationId),
    );
    expect(chains[1]).toEqual(chains[0]);
  }
  expect(new Set(events.map(({ uuid }) => uuid)).size).toBe(events.length);
  const share = events.filter(isOfLibrdkafka).length / events.length;
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.9);

  // Cursors are behind the last record, or behind the marker of its transaction, and so are their copies.
  const cursors = await shared.cursors();
  const behindLast = await shared.behindLast();
  for (const [partition, { offset, metadata }] of cursors.entries()) {
    expect([0, 1]).toContain(offset - (behindLast[partition] ?? 0));
    expect(metadata).toBe("");
  }
  const copies = cursors.map(({ offset: acknowledged }, partition): [string, unknown] => {
    const key = `${shared.group}:${shared.requests}:${partition}`;
    return [
      key,
      { value: { acknowledged }, partitions: new Set([(murmur2(Buffer.from(key)) & 0x7fffffff) % 16]) },
    ];
  });
  expect(await shared.copies()).toEqual(new Map(copies));
});

async function convert(): Promise<void> {
  await shared.write();
  await shared.converted();
}

function isOfLibrdkafka({ payload }: NeutralRecord): boolean {
  return payload.case === "data" && payload.value.entries.some(({ key }) => key === "worker");
}
