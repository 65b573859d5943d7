import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, fromJson } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstDifference } from "../../src/checker/index.js";
import { Encoding } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordSchema } from "../../src/gen/proto/eventy/v3/record_pb.js";
import { resolveTestee } from "../../src/testee/resolve.js";
import { TesteeProcess } from "../../src/testee/testee-process.js";

const README = new URL("../../testees/README.md", import.meta.url);
const RESPONSE = {
  type: "RESPONSE",
  namespace: "urn:payments",
  name: "Charge",
  protocol_version: "3.5.0",
  version: "1.0.0",
  source: "urn:payments",
  uuid: "00000000-0000-4000-8000-000000000001",
  correlation_id: "web:order:1",
  partition_key: null,
  date_timestamp: 0,
  date_iso8601: "1970-01-01T00:00:00.000+00:00",
  destination: "urn:orders",
  request_uuid: "00000000-0000-4000-8000-000000000002",
  ok: false,
  error_code: 0,
  error_message: "",
  context: { "urn:orders": { order: 42 } },
  data: { list: [null, true, 1.5, "text", {}] },
};

describe("the first adapter of the README", () => {
  const folder = mkdtempSync(join(tmpdir(), "eventy-first-adapter-"));
  let testee: TesteeProcess;

  beforeAll(async () => {
    const [, code = ""] = /```python\n(.*?)```/s.exec(readFileSync(README, "utf8")) ?? [];
    const file = join(folder, "adapter.py");
    writeFileSync(file, code);
    const [python = ""] = (await resolveTestee("python-eventy")).argv;
    testee = await TesteeProcess.start({ argv: [python, file], protocolVersion: "3.5.0" });
  });

  afterAll(async () => {
    await testee.stop();
    rmSync(folder, { recursive: true });
  });

  test("says what it can do", () => {
    expect([...testee.capabilities]).toEqual(["codec.json"]);
  });

  test("decodes a record", async () => {
    const expected = fromJson(RecordSchema, {
      type: "RECORD_TYPE_RESPONSE",
      namespace: "urn:payments",
      name: "Charge",
      protocolVersion: "3.5.0",
      version: "1.0.0",
      source: "urn:payments",
      uuid: RESPONSE.uuid,
      correlationId: "web:order:1",
      destination: "urn:orders",
      requestUuid: RESPONSE.request_uuid,
      errorCode: 0,
      errorMessage: "",
      context: [
        { namespace: "urn:orders", values: { entries: [{ key: "order", value: { integer: "42" } }] } },
      ],
      data: {
        entries: [
          {
            key: "list",
            value: {
              list: {
                values: [
                  { null: "NULL_UNSPECIFIED" },
                  { boolean: true },
                  { double: 1.5 },
                  { string: "text" },
                  { map: {} },
                ],
              },
            },
          },
        ],
      },
    });
    const reply = await decode(JSON.stringify(RESPONSE));
    if (reply.case !== "decoded") throw new Error(JSON.stringify(reply));
    expect(firstDifference(expected, reply.value.record ?? create(RecordSchema))).toBeUndefined();
  });

  test("refuses what is not a record, and goes on", async () => {
    expect((await decode("{")).case).toBe("failed");
    expect((await decode("")).case).toBe("failed");
    expect((await decode(JSON.stringify(RESPONSE))).case).toBe("decoded");
  });

  function decode(json: string) {
    return testee.call({ case: "decode", value: { encoding: Encoding.JSON, bytes: Buffer.from(json) } });
  }
});
