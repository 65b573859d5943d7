import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firstDifference } from "../../src/checker/index.js";
import {
  decodeAvro,
  decodeJson,
  decodeSingleObject,
  encodeAvro,
  encodeJson,
  encodeSingleObject,
  Refusal,
} from "../../src/oracle/index.js";

interface Line {
  readonly id: string;
  readonly format: "json" | "avro";
  readonly bytes_base64: string;
  readonly schema?: Parameters<typeof encodeAvro>[1];
}

function lines(file: string): Line[] {
  const path = join(import.meta.dirname, "../../golden/eventy-3.4.0", file);
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

function decode({ format, bytes_base64 }: Line) {
  const bytes = Buffer.from(bytes_base64, "base64");
  return format === "json" ? decodeJson(bytes) : decodeAvro(bytes);
}

describe("the oracle and eventy 3.4.0", () => {
  it.each(lines("json.jsonl"))("reads and writes $id", (line) => {
    const record = decode(line);
    expect(firstDifference(record, decodeJson(encodeJson(record)))).toBeUndefined();
  });

  it.each(lines("avro.jsonl"))("reads and writes $id", (line) => {
    const record = decode(line);
    const { schema } = line;
    if (!schema) throw new Error("a line without a schema");
    expect(
      firstDifference(record, decodeAvro(encodeAvro(record, schema, { codec: "deflate" }))),
    ).toBeUndefined();
    const single = decodeSingleObject(encodeSingleObject(record, schema), schema);
    expect(firstDifference(record, single)).toBeUndefined();
  });

  it.each(lines("rejects.jsonl"))("refuses $id", (line) => {
    expect(() => decode(line)).toThrow(Refusal);
  });
});
