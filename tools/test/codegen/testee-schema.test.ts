import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import {
  CommandSchema,
  ReplySchema,
} from "../../../conformance/src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { validator } from "./schemas.js";

const validate = validator("json/conformance/v1/testee.schema.json");

const RECORD = {
  type: "RECORD_TYPE_EVENT",
  namespace: "urn:a",
  date: "-1",
  context: [
    { namespace: "urn:a", values: { entries: [{ key: "k", value: { integer: "9223372036854775807" } }] } },
  ],
  data: {
    entries: [{ key: "", value: { list: { values: [{ null: 0 }, { double: 0.5 }, { bytes: "_-8" }] } } }],
  },
};

describe("testee.schema.json accepts what Protobuf reads as ProtoJSON", () => {
  const commands: readonly JsonValue[] = [
    {},
    { id: "1" },
    { id: "1", start: { protocolVersion: "3.5.0" } },
    { id: "1", encode: { encoding: "ENCODING_JSON", record: RECORD } },
    { id: "1", encode: { encoding: 1, record: { date: 12, type: 3, errorCode: -1 } } },
    { id: "1", decode: { bytes: "+/8=", strict: true } },
    { id: "1", emit: { drafts: [{ partitionKey: "" }, { anyPartition: "NULL_UNSPECIFIED", data: {} }] } },
    { id: "1", stop: {} },
  ];
  test.each(commands)("command %j", (command) => {
    expect(validate(command), JSON.stringify(validate.errors)).toBe(true);
    expect(() => fromJson(CommandSchema, command)).not.toThrow();
  });

  const replies: readonly JsonValue[] = [
    { id: "1", started: { implementation: "x", pid: 7, capabilities: ["codec.json"] } },
    { id: "1", decoded: { record: RECORD } },
    { id: "1", failed: { code: "ERROR_CODE_MALFORMED", path: "data" } },
  ];
  test.each(replies)("reply %j", (reply) => {
    expect(validate(reply), JSON.stringify(validate.errors)).toBe(true);
    expect(() => fromJson(ReplySchema, reply)).not.toThrow();
  });
});

describe("testee.schema.json refuses, as Protobuf does", () => {
  const refused: readonly JsonValue[] = [
    [],
    { id: 1 },
    { id: "1", what: {} },
    { id: "1", start: {}, stop: {} },
    { id: "1", encode: { encoding: "JSON" } },
    { id: "1", encode: { record: { date: 0.5 } } },
    { id: "1", encode: { record: { errorCode: 2147483648 } } },
    { id: "1", encode: { record: { data: { entries: [{ value: { boolean: true, string: "" } }] } } } },
    { id: "1", decode: { bytes: "not base64!" } },
    { id: "1", emit: { drafts: [{ partitionKey: "k", anyPartition: 0 }] } },
  ];
  test.each(refused)("%j", (command) => {
    expect(validate(command)).toBe(false);
    expect(() => fromJson(CommandSchema, command)).toThrow();
  });
});
