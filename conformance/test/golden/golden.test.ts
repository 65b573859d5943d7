import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { goldenFiles } from "../../golden/make/files.js";
import { ENCODINGS, oracleDecode, oracleEncode, type Written } from "../../src/cases/codecs.js";
import { mustBeEmitted } from "../../src/cases/context/judge-emission.js";
import { decodeLines, questionOf, recordOfLine } from "../../src/cases/golden/decode-cases.js";
import { emissionOf, emitLines } from "../../src/cases/golden/emit-cases.js";
import { encodeLines } from "../../src/cases/golden/encode-cases.js";
import { interopLines, originalRecord } from "../../src/cases/golden/interop.js";
import { expectEmission } from "../../src/checker/emission/expect-emission.js";
import { firstDifference } from "../../src/checker/index.js";
import { decodeAvro, decodeJson, Refusal } from "../../src/oracle/index.js";

describe("golden files", () => {
  it.each([...goldenFiles()])("%s is what its maker makes", (path, text) => {
    expect(readFileSync(join(import.meta.dirname, "../../golden", path), "utf8")).toBe(text);
  });
});

// What the oracle does not look at, because it only reads what implementations write: unknown fields, old
// protocols, codecs and schemas that nobody writes, and what its Avro library lets pass.
const BEYOND_THE_ORACLE =
  /^(legacy-|snappy|count-|schema-|unknown-(?!fields|proto)|datum-(boolean|int-32|varint)$|uuid-spelling$)/;

describe.each(ENCODINGS)("the oracle and the golden lines of %s", (encoding: Written) => {
  const lines = decodeLines(encoding).filter(
    ({ id, encoding: told }) => told !== "any" && !BEYOND_THE_ORACLE.test(id),
  );

  it.each(lines.filter(({ record }) => record))("reads $id", (line) => {
    const { bytes, schema, strict } = questionOf(line);
    const actual = strict ? decodeJson(bytes, { strict }) : oracleDecode(encoding, bytes, schema);
    if (!line.record) throw new Error("a line without a record");
    expect(firstDifference(recordOfLine(line.record), actual)).toBeUndefined();
  });

  // The oracle reads Protobuf without a check of what it says.
  const refused = encoding === "protobuf" ? [] : lines.filter(({ refuse }) => refuse);

  it.each(refused)("refuses $id", (line) => {
    const { bytes, schema, strict } = questionOf(line);
    expect(() => (strict ? decodeJson(bytes, { strict }) : oracleDecode(encoding, bytes, schema))).toThrow(
      Refusal,
    );
  });

  // The oracle writes the protocol version that a record has, whichever that is.
  const written = encodeLines(encoding).filter(({ id, refuse }) => !refuse && !/^protocol-[12]/.test(id));

  it.each(written)("writes $id", (line) => {
    const record = recordOfLine(line.record);
    const bytes = oracleEncode(encoding, record, line.schema);
    expect(
      firstDifference(recordOfLine(line.reads ?? line.record), oracleDecode(encoding, bytes, line.schema)),
    ).toBeUndefined();
  });
});

describe("what eventy 3.4.0 read", () => {
  it.each([...interopLines("json"), ...interopLines("avro")])("is what the oracle reads in $id", (line) => {
    const bytes = Buffer.from(line.bytes_base64, "base64");
    if (!line.record) throw new Error("a line without a record");
    const actual = line.format === "json" ? decodeJson(bytes) : decodeAvro(bytes);
    expect(firstDifference(originalRecord(line.record), actual)).toBeUndefined();
  });
});

describe("the model of emission", () => {
  it.each(emitLines())("agrees with $id", (line) => {
    const { service, input, drafts } = emissionOf(line);
    const outcome = expectEmission(service, input, drafts);
    if (line.refuse) {
      expect(outcome).toEqual({ refuse: line.refuse.code });
      return;
    }
    if ("refuse" in outcome) throw new Error(`refused: ${outcome.refuse}`);
    // The line says by hand what the model works out.
    const expected = (line.records ?? []).map((json, i) => ({
      record: recordOfLine(json),
      free: outcome.records[i]?.free ?? [],
    }));
    const emitted = outcome.records.map(({ record }, i) => ({
      ...record,
      version: "1.0.0",
      uuid: `00000000-0000-0000-0000-00000000000${i}`,
    }));
    mustBeEmitted(expected, emitted, service);
  });
});
