import { fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EmitSchema, Encoding } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordSchema } from "../../src/gen/proto/eventy/v3/record_pb.js";
import { resolveTestee } from "../../src/testee/resolve.js";
import { TesteeProcess } from "../../src/testee/testee-process.js";

const REQUEST = {
  type: "RECORD_TYPE_REQUEST",
  namespace: "urn:payments",
  name: "Charge",
  protocolVersion: "3.5.0",
  version: "1.0.0",
  source: "urn:orders",
  uuid: "00000000-0000-4000-8000-000000000001",
  correlationId: "web:order:1",
  partitionKey: "",
  date: "1000",
  context: [{ namespace: "urn:orders", values: { entries: [{ key: "order", value: { integer: "42" } }] } }],
};

describe("the adapter of eventy 3.4.0", () => {
  let testee: TesteeProcess;

  beforeAll(async () => {
    testee = await TesteeProcess.start({
      argv: (await resolveTestee("python-eventy")).argv,
      protocolVersion: "3.5.0",
    });
  });

  afterAll(() => testee.stop());

  test("says what it drives and what that claims", () => {
    expect(testee.identity).toMatchObject({ implementation: "eventy (Python)", version: "3.4.0" });
    expect([...testee.capabilities]).toEqual([
      ...["codec.json", "codec.avro", "context", "binding.memory", "binding.kafka", "store"],
      ...["guarantee.alo", "guarantee.amo", "guarantee.eos"],
    ]);
  });

  test.each<[string, JsonValue]>([
    ["null", { null: "NULL_UNSPECIFIED" }],
    ["false", { boolean: false }],
    ["the least integer", { integer: "-9223372036854775808" }],
    ["the greatest integer", { integer: "9223372036854775807" }],
    ["a double without fraction", { double: 1 }],
    ["the least double", { double: 5e-324 }],
    ["an empty text", { string: "" }],
    ["a text of all kinds", { string: "\u0000\u2028\u{1f600}\n" }],
    ["a list", { list: { values: [{ list: {} }, { string: "a" }] } }],
    ["a map", { map: { entries: [{ value: { map: {} } }, { key: "__proto__", value: { integer: "0" } }] } }],
  ])("carries %s to eventy and back", async (_, value) => {
    const record = { ...REQUEST, data: { entries: [{ key: "value", value }] } };
    const back = await decode(await encode(record));
    expect(back).toEqual(toJson(RecordSchema, fromJson(RecordSchema, record)));
  });

  test.each(["9223372036854775808", "-9223372036854775809"])("refuses to round %s", async (integer) => {
    const record = { ...REQUEST, data: { entries: [{ key: "value", value: { integer: "1234567" } }] } };
    const bytes = Buffer.from(await encode(record));
    const wide = Buffer.from(bytes.toString().replace("1234567", integer));
    await expect(decode(wide)).rejects.toThrow(/no integer as large as/);
  });

  test.each([
    ["a name that is a number", '"name": "Charge"', '"name": 5', { name: "" }],
    ["a lone surrogate", '"web:order:1"', '"\\ud800"', { correlationId: "?" }],
  ])("shows that eventy accepted %s", async (_, sound, unsound, expected) => {
    const json = Buffer.from(await encode(REQUEST)).toString();
    expect(json).toContain(sound);
    const record = { name: "", ...Object(await decode(Buffer.from(json.replace(sound, unsound)))) };
    expect(record).toMatchObject(expected);
  });

  test("carries bytes in Avro, with the schema that it is given", async () => {
    const schema = {
      protocol_version: "3.0.0",
      namespace: REQUEST.namespace,
      name: REQUEST.name,
      type: "REQUEST",
      data_fields: [{ name: "value", type: "bytes" }],
    };
    const record = { ...REQUEST, data: { entries: [{ key: "value", value: { bytes: "AP8=" } }] } };
    const bytes = await encode(record, Encoding.AVRO, JSON.stringify(schema));
    expect(await decode(bytes, Encoding.AVRO)).toMatchObject({ data: record.data });
  });

  test("says what eventy says when it refuses", async () => {
    await expect(decode(Buffer.from("{"))).rejects.toThrow(/SerializationError: Expecting property name/);
  });

  test("emits what a handler constructs, with the correlation id of what is handled and nothing else", async () => {
    const [event, request, response] = await emit({
      service: "urn:payments",
      input: REQUEST,
      drafts: [
        { type: "RECORD_TYPE_EVENT", name: "Charged" },
        { type: "RECORD_TYPE_REQUEST", name: "Notify", target: "urn:mail", partitionKey: "k" },
        { type: "RECORD_TYPE_RESPONSE", name: "Charge" },
      ],
    });
    for (const record of [event, request, response]) {
      expect(record).toMatchObject({ source: "urn:payments", correlationId: REQUEST.correlationId });
      expect(record?.context).toEqual([]);
    }
    expect(event).toMatchObject({ namespace: "urn:payments", name: "Charged" });
    expect(event?.partitionKey).toBeUndefined();
    expect(request).toMatchObject({ namespace: "urn:mail", name: "Notify", partitionKey: "k" });
    expect(response).toMatchObject({ destination: REQUEST.source, requestUuid: REQUEST.uuid, ok: true });
  });

  test("emits a root with a correlation id of its own", async () => {
    const drafts = [{ type: "RECORD_TYPE_EVENT", name: "Started" }];
    const [event] = await emit({ service: "urn:web", drafts });
    expect(event?.correlationId).toMatch(/^web:Started:.+/);
  });

  async function encode(record: JsonValue, encoding = Encoding.JSON, schema = ""): Promise<Uint8Array> {
    const value = { encoding, record: fromJson(RecordSchema, record), schema };
    const reply = await testee.call({ case: "encode", value });
    if (reply.case !== "encoded") throw new Error(JSON.stringify(reply));
    return reply.value.bytes;
  }

  async function decode(bytes: Uint8Array, encoding = Encoding.JSON): Promise<JsonValue> {
    const reply = await testee.call({ case: "decode", value: { encoding, bytes } });
    if (reply.case !== "decoded" || reply.value.record === undefined) throw new Error(JSON.stringify(reply));
    return toJson(RecordSchema, reply.value.record);
  }

  async function emit(command: JsonValue) {
    const reply = await testee.call({ case: "emit", value: fromJson(EmitSchema, command) });
    if (reply.case !== "emitted") throw new Error(JSON.stringify(reply));
    return reply.value.records;
  }
});
