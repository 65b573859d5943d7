import { readFileSync } from "node:fs";
import { getOption } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import {
  CONTENT_TYPES,
  ERROR_CODES,
  LIMITS,
  PROTOCOL_VERSION,
  RECORD_TYPES,
  RESERVED_NAMESPACES,
  TOPIC_SUFFIXES,
} from "../../../sdk-ts/src/gen/constants.js";
import { protocol } from "../../../sdk-ts/src/gen/proto/eventy/v3/options_pb.js";
import { ErrorCode, file_eventy_v3_protocol } from "../../../sdk-ts/src/gen/proto/eventy/v3/protocol_pb.js";
import { RECORD_FIELDS } from "../../../sdk-ts/src/gen/record-fields.js";

describe("the constants of the SDK", () => {
  test("are the options of protocol.proto", () => {
    const option = getOption(file_eventy_v3_protocol, protocol);
    const dates = { dateMin: BigInt(LIMITS.dateMin), dateMax: BigInt(LIMITS.dateMax) };

    expect(PROTOCOL_VERSION).toBe(option.version);
    expect(option.limits).toMatchObject({ ...LIMITS, ...dates });
    expect(option.reserved).toMatchObject(RESERVED_NAMESPACES);
    expect(option.topics).toMatchObject(TOPIC_SUFFIXES);
    expect(option.contentTypes).toMatchObject(CONTENT_TYPES);
  });

  test("have the first and the last millisecond of what ISO 8601 spells in four digits", () => {
    expect(new Date(LIMITS.dateMin).toISOString()).toBe("0001-01-01T00:00:00.000Z");
    expect(new Date(LIMITS.dateMax).toISOString()).toBe("9999-12-31T23:59:59.999Z");
  });

  test("have the error codes in the order of their numbers", () => {
    expect(ERROR_CODES.map((code) => ErrorCode[code])).toEqual(ERROR_CODES.map((_, index) => index + 1));
  });
});

describe("the table of fields", () => {
  test.each(RECORD_TYPES)(
    "has the names and the order of the JSON that eventy 3.4.0 writes for type %s",
    (type) => {
      // Arrange
      const path = new URL("../../../conformance/golden/eventy-3.4.0/json.jsonl", import.meta.url);
      const lines = readFileSync(path, "utf8").trim().split("\n");
      const texts = lines.map((line) =>
        Buffer.from(JSON.parse(line).bytes_base64, "base64").toString("utf8"),
      );
      const original = texts.map((text) => JSON.parse(text)).find((record) => record.type === type);

      // Act
      const fields = RECORD_FIELDS.filter((field) => field.only === null || field.only === type);
      const names = fields.flatMap((field) =>
        field.iso8601 === null ? [field.json] : [field.json, field.iso8601],
      );

      // Assert
      expect(names).toEqual(Object.keys(original));
    },
  );

  test("has a narrower syntax for creation than for reading", () => {
    const urn = "urn:orders:instance-1";
    for (const { name, syntax, creationSyntax } of RECORD_FIELDS) {
      if (syntax === null || creationSyntax === null) continue;
      expect([name, syntax.pattern.test(urn), creationSyntax.pattern.test(urn)]).toEqual([name, true, true]);
      expect([name, creationSyntax.pattern.test("urn:a.b"), creationSyntax.pattern.test("urn:")]).toEqual([
        name,
        false,
        false,
      ]);
    }
  });
});
