import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AvroSchemas, avroContainerCodec, avroSingleObjectCodec } from "@eventy/sdk/codec/avro";
import { jsonCodec } from "@eventy/sdk/codec/json";
import { protobufCodec } from "@eventy/sdk/codec/protobuf";
import { afterAll, expect, test } from "vitest";

const SPEC = new URL("../../../spec/", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "eventy-examples-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** The fenced examples of one language below a heading. */
function examples(chapter: string, heading: string, language: string): readonly string[] {
  const [, section = ""] = readFileSync(new URL(chapter, SPEC), "utf8").split(heading);
  const fences =
    section.split(/\n## /)[0]?.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, "gs")) ?? [];
  return Array.from(fences, ([, text = ""]) => text);
}

/** Bytes from lines of hexadecimal digits, which comments follow after two spaces or far to the right. */
function bytesOf(hex: string): Buffer {
  const lines = hex.split("\n").filter((line) => !line.startsWith(" ".repeat(10)));
  return Buffer.from(lines.map((line) => line.trim().split("  ")[0]?.replaceAll(" ", "")).join(""), "hex");
}

test("the record of section 3.9 is the same in every encoding", () => {
  const heading = "## 3.9 One record in every encoding";
  const [json = ""] = examples("03-codecs.md", heading, "json");
  const [yaml = ""] = examples("03-codecs.md", heading, "yaml");
  const [form = ""] = examples("03-codecs.md", heading, "text");
  const [singleObject = "", protobuf = ""] = examples("03-codecs.md", heading, "hex").map(bytesOf);
  writeFileSync(join(folder, "OrderPlaced.evsc.yaml"), yaml);
  const schemas = new AvroSchemas().loadFolder(folder);
  const record = jsonCodec().decode(Buffer.from(json));

  expect(Buffer.from(jsonCodec().encode(record)).toString()).toBe(json);
  expect(Buffer.from(avroSingleObjectCodec(schemas).encode(record))).toEqual(singleObject);
  expect(avroSingleObjectCodec(schemas).decode(Buffer.from(singleObject))).toEqual(record);
  expect(Buffer.from(protobufCodec().encode(record))).toEqual(protobuf);
  expect(protobufCodec().decode(Buffer.from(protobuf))).toEqual(record);
  expect(Buffer.from(avroContainerCodec(schemas).encode(record)).includes(singleObject.slice(10))).toBe(true);
  expect([json, form.replaceAll("\n", ""), singleObject, protobuf].map(({ length }) => length)).toEqual([
    364, 822, 169, 171,
  ]);
});

test("the response of section 3.2 is a record", () => {
  const [json = ""] = examples("03-codecs.md", "## 3.2 JSON", "json");

  expect(jsonCodec().decode(Buffer.from(json))).toMatchObject({
    type: "RESPONSE",
    data: { receipt: 2n ** 53n + 1n },
  });
});
