import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  Binding,
  CursorSchema,
  type Reply,
  RunSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { resolveTestee } from "../../src/testee/resolve.js";
import { TesteeProcess } from "../../src/testee/testee-process.js";

const TOPIC = "shop-events";
const OUTPUTS = "orders-events";

describe("the adapter of eventy 3.4.0, its store and its services", () => {
  let testee: TesteeProcess;

  beforeEach(async () => {
    const { argv } = await resolveTestee("python-eventy");
    testee = await TesteeProcess.start({ argv, protocolVersion: "3.5.0" });
    await testee.call({ case: "open", value: { binding: Binding.MEMORY } });
    await testee.call({ case: "createTopic", value: { topic: TOPIC, partitions: 1 } });
  });

  afterEach(() => testee.stop());

  test("keeps bytes, and tombstones, as they are", async () => {
    const written = await testee.call({
      case: "write",
      value: { records: [{ topic: TOPIC, value: Buffer.from("{") }, { topic: TOPIC }] },
    });

    expect(written).toMatchObject({
      case: "written",
      value: {
        positions: [
          { partition: 0, offset: 0n },
          { partition: 0, offset: 1n },
        ],
      },
    });
    const [poison, tombstone] = await read(TOPIC);
    expect(Buffer.from(poison?.value ?? []).toString()).toBe("{");
    expect(tombstone?.value).toBeUndefined();
    expect(await read(TOPIC, { offset: "1" })).toHaveLength(1);
  });

  test.each<[string, JsonValue, RegExp]>([
    ["current", {}, /Only ACKNOWLEDGED cursors are supported/],
    ["date", "0", /cannot set assignment/],
  ])("says what eventy says of the cursor `%s`", async (cursor, value, message) => {
    await expect(read(TOPIC, { [cursor]: value })).rejects.toThrow(message);
  });

  test("runs handlers until everything is handled", async () => {
    await write(0, 1);
    const steps = [
      { changeInput: {} },
      { onlyIf: "changed", effect: { label: "changed" } },
      { emit: { draft: { type: "RECORD_TYPE_EVENT", name: "Ordered" }, times: 2 } },
    ];

    const run = await testee.startRun(script(steps));

    expect(await run.ended()).toMatchObject({ case: "done" });
    expect(run.events.map((event) => event.case)).toEqual(["invoked", "effect", "invoked", "effect", "done"]);
    const outputs = (await read(OUTPUTS)).map(({ value }) => JSON.parse(Buffer.from(value ?? []).toString()));
    expect(outputs.map(({ data }) => data)).toEqual([
      { input: 0, i: 0 },
      { input: 0, i: 1 },
      { input: 1, i: 0 },
      { input: 1, i: 1 },
    ]);
    expect(await acknowledged()).toBe(2n);
  });

  test("waits at a gate, and ends a run when the record in hand is handled", async () => {
    await write(0, 1);
    const run = await testee.startRun(script([{ gate: { name: "g" } }], { untilEnd: false }));
    await run.next("gate");
    expect(await acknowledged()).toBeUndefined();

    const end = run.stop();
    await run.release("g");

    expect(await end).toMatchObject({ case: "done" });
    expect(await acknowledged()).toBe(1n);
  });

  test("runs a service again on the store that it had when a handler failed", async () => {
    await write(0, 1);
    const steps = [{ throw: { times: 1 } }];
    const first = await testee.startRun(script(steps));
    expect(await first.ended()).toMatchObject({ case: "fatal", value: { message: "RuntimeError: h fails" } });

    const second = await testee.startRun(script(steps));

    expect(await second.ended()).toMatchObject({
      case: "fatal",
      value: { message: /Already in a transaction/ },
    });
  });

  /** A run of the service `orders` with one handler. */
  function script(steps: JsonValue, options = {}) {
    const handled = { type: "RECORD_TYPE_EVENT", namespace: "urn:shop", name: "Bought" };
    const handler = { id: "h", ...handled, guarantee: "GUARANTEE_EXACTLY_ONCE", steps };
    return fromJson(RunSchema, { service: "urn:orders", handlers: [handler], untilEnd: true, ...options });
  }

  async function write(...numbers: readonly number[]): Promise<void> {
    const records = numbers.map((n) => ({ topic: TOPIC, value: Buffer.from(JSON.stringify(bought(n))) }));
    await testee.call({ case: "write", value: { records } });
  }

  async function read(topic: string, cursor: JsonValue = { begin: {} }) {
    const reply = await testee.call({
      case: "read",
      value: { topic, cursor: fromJson(CursorSchema, cursor) },
    });
    return expectCase(reply, "readRecords").records;
  }

  async function acknowledged(): Promise<bigint | undefined> {
    const reply = await testee.call({ case: "acknowledged", value: { group: "orders", topic: TOPIC } });
    return expectCase(reply, "acknowledgedOffset").offset;
  }
});

function expectCase<Case extends NonNullable<Reply["reply"]["case"]>>(reply: Reply["reply"], wanted: Case) {
  if (reply.case !== wanted) throw new Error(JSON.stringify(reply));
  return reply.value as Extract<Reply["reply"], { case: Case }>["value"];
}

function bought(n: number) {
  return {
    ...{ type: "EVENT", namespace: "urn:shop", name: "Bought", protocol_version: "3.5.0", version: "1.0.0" },
    ...{ source: "urn:shop", uuid: `00000000-0000-4000-8000-00000000000${n}`, correlation_id: "c" },
    ...{ partition_key: null, date_timestamp: 1000, date_iso8601: "1970-01-01T00:00:01.000+00:00" },
    ...{ context: {}, data: { n } },
  };
}
