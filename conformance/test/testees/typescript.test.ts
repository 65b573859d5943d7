import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryHost } from "../../src/bindings/memory.js";
import {
  add,
  CRASH,
  emit,
  fail,
  gate,
  handler,
  only,
  type StepInit,
} from "../../src/cases/scenario/handlers.js";
import type { CommandInit } from "../../src/cases/testee.js";
import { Policy } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import { SelfObserved } from "../../src/oracle/store/self-observed.js";
import { toValue } from "../../src/oracle/values.js";
import { Child } from "../../src/testee/child.js";
import { LineSplitter } from "../../src/testee/lines.js";
import { resolveTestee } from "../../src/testee/resolve.js";
import { TesteeProcess } from "../../src/testee/testee-process.js";

const TICK = {
  type: "EVENT",
  namespace: "urn:source",
  name: "Tick",
  protocol_version: "3.5.0",
  version: "1.0.0",
  source: "urn:source",
  correlation_id: "c",
  partition_key: "k",
  date_timestamp: 0,
  date_iso8601: "1970-01-01T00:00:00.000+00:00",
  context: {},
};
const CHANGE_INPUT: StepInit = { step: { case: "changeInput", value: {} } };
const PLACE = { group: "orders", state: "sum", topic: "source-events", partition: 0 };

let testee: TesteeProcess;

beforeEach(async () => {
  const { argv } = await resolveTestee("typescript");
  testee = await TesteeProcess.start({ argv, protocolVersion: "3.5.0" });
  await call({ case: "open", value: (await new MemoryHost().open()).binding.open });
  const topics = ["source-events", "orders-events", "orders-requests", "orders-dead-letters"];
  for (const topic of topics) await call({ case: "createTopic", value: { topic, partitions: 1 } });
  const records = [0, 1].map((n) => ({
    topic: "source-events",
    key: "k",
    value: Buffer.from(
      JSON.stringify({ ...TICK, uuid: `00000000-0000-4000-8000-00000000000${n}`, data: { n, bad: n === 1 } }),
    ),
  }));
  await call({ case: "write", value: { records } });
});
afterEach(() => testee.destroy());

async function call(command: CommandInit): Promise<unknown> {
  const reply = await testee.call(command);
  if (reply.case === "failed") throw new Error(reply.value.message);
  return reply.value;
}

describe("the testee of the SDK", () => {
  it("answers as the README says", async () => {
    const readme = readFileSync(new URL("../../testees/README.md", import.meta.url), "utf8");
    const [, example = ""] = /```\n(→.*?)```/s.exec(readme) ?? [];
    const uuid = "00000000-0000-4000-8000-000000000001";
    const bytes = Buffer.from(JSON.stringify({ ...TICK, uuid, data: {} })).toString("base64");
    const child = await Child.start((await resolveTestee("typescript")).argv);
    const said: string[] = [];
    const lines = new LineSplitter();
    child.onOutput((chunk) => said.push(...lines.push(chunk)));
    const expected: string[] = [];
    for (const [, arrow, line = ""] of example.matchAll(/^([→←]) (.*)$/gm)) {
      if (arrow === "→") {
        child.write(line.replace("eyJ0eXBlIjoi…", bytes));
        continue;
      }
      expected.push(line);
      await expect.poll(() => said, { timeout: 30_000 }).toEqual(expect.arrayContaining(expected));
    }
    await child.kill();
    expect(expected.length).toBeGreaterThan(10);
    // Answers to different commands may come in any order.
    expect(said.toSorted()).toEqual(expected.toSorted());
  });

  it("follows the steps of handlers, and says each before the next", async () => {
    const steps = [gate("g"), only("bad", fail()), emit("Out", { times: 2 }), add(2), CHANGE_INPUT];
    const handlers = [handler("eos", { onError: Policy.DEAD_LETTER, steps })];
    const run = await testee.startRun({ service: "urn:orders", untilEnd: true, handlers });
    const { delivery } = await run.next("gate");
    expect(delivery).toMatchObject({ handler: "h", topic: "source-events", partition: 0, offset: 0n });
    expect(run.events.map((event) => event.case)).toEqual(["invoked", "gate"]);
    await run.release("g");
    expect((await run.ended()).case).toBe("done");
    expect(run.events.map((event) => event.case)).toEqual([
      "invoked",
      "gate",
      "effect",
      "invoked",
      "gate",
      "done",
    ]);

    const oracle = new SelfObserved(testee);
    const outputs = await oracle.records("orders-events");
    expect(outputs.map(({ value }) => JSON.parse(Buffer.from(value ?? []).toString()).data)).toEqual([
      { input: 0, i: 0 },
      { input: 0, i: 1 },
    ]);
    expect(await oracle.records("orders-dead-letters")).toHaveLength(1);
    expect(await oracle.acknowledged("orders", "source-events", 0)).toBe(2);
    expect(await oracle.state(PLACE, "k")).toEqual(toValue(2));
    expect(await oracle.state(PLACE, "other")).toBeUndefined();
  });

  it("runs until it is told to end, and ends its process where a handler does", async () => {
    const run = await testee.startRun({ service: "urn:orders", handlers: [handler("alo", { steps: [] })] });
    await run.next("invoked", ({ delivery }) => delivery?.offset === 1n);
    expect((await run.stop()).case).toBe("done");
    const crashing = handler("alo", { group: "other", steps: [only("bad", CRASH)] });
    const crashed = await testee.startRun({ service: "urn:orders", handlers: [crashing] });
    expect(await crashed.ended()).toEqual({ case: "killed" });
    expect(crashed.events.map((event) => event.case)).toEqual(["invoked", "effect", "invoked"]);
    await testee.died();
  });

  it("refuses what the SDK refuses, with the code of the error", async () => {
    const retried = handler("amo", { retries: 1 });
    const reply = await testee.call({ case: "run", value: { service: "urn:orders", handlers: [retried] } });
    expect(reply).toMatchObject({ case: "failed", value: { code: ErrorCode.INVALID_ARGUMENT } });
    expect(await testee.call({ case: "read", value: { topic: "none" } })).toMatchObject({
      case: "failed",
      value: { code: ErrorCode.UNKNOWN_TOPIC },
    });
    expect(await call({ case: "partition", value: { key: "21", partitions: 100 } })).toMatchObject({
      partition: 40,
    });
  });

  it("says why a group stopped, and why the run ended", async () => {
    const handlers = [handler("alo", { steps: [fail()] })];
    const run = await testee.startRun({ service: "urn:orders", untilEnd: true, handlers });
    expect(await run.next("groupStopped")).toMatchObject({ group: "orders" });
    expect(await run.ended()).toMatchObject({
      case: "fatal",
      value: { code: ErrorCode.HANDLER_FAILED },
    });
  });
});
