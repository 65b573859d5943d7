import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { AvroSchemas, avroContainerCodec } from "../../src/codec/avro/index.js";
import { jsonCodec } from "../../src/codec/json/index.js";
import { pythonEnvironment } from "./original.js";
import { plainFromProtoJson, plainFromRecord } from "./plain.js";

const SCRIPT = fileURLToPath(new URL("original_records.py", import.meta.url));
// To try others: EVENTY_INTEROP_SEED=7 npm test -- from-original
const SEED = process.env["EVENTY_INTEROP_SEED"] ?? "1";

interface Written {
  readonly bytes: string;
  readonly record: unknown;
}

describe(`the SDK reads what eventy 3.4.0 writes (seed ${SEED})`, () => {
  test.each([
    ["JSON", jsonCodec(), 500],
    ["AVRO", avroContainerCodec(new AvroSchemas()), 200],
  ])("in %s", (encoding, codec, count) => {
    const records = write(encoding, count);
    expect(records).toHaveLength(count);
    for (const [number, { bytes, record }] of records.entries()) {
      const read = codec.decode(Buffer.from(bytes, "base64"));
      expect(plainFromRecord(read), `record ${number}`).toEqual(plainFromProtoJson(record));
    }
  });
});

function write(encoding: string, count: number): readonly Written[] {
  const args = [SCRIPT, encoding, SEED, String(count)];
  const lines = execFileSync(pythonEnvironment(), args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Written);
}
