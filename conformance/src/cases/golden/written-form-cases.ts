import { readContainer } from "../../oracle/avro/container.js";
import { avroEnvelope } from "../../oracle/avro/decode.js";
import { canonicalForm, fingerprintOf } from "../../oracle/avro/fingerprint.js";
import { avroSchemaOf, type EventySchema } from "../../oracle/avro/schema.js";
import { canonicalProblem, decodeProtobuf, decodeSingleObject, Refusal } from "../../oracle/index.js";
import { parseInstant } from "../../oracle/instant.js";
import { orRefuse } from "../../oracle/refusal.js";
import type { Value } from "../../oracle/values.js";
import { unwrap } from "../ask.js";
import type { Case } from "../case.js";
import { PLACES, type Written } from "../codecs.js";
import { Failure } from "../failure.js";
import type { Testee } from "../testee.js";
import { askLine, encodeLines } from "./encode-cases.js";

const JSON_FORM = ["COD-012", "COD-013", "COD-014", "REC-007", "REC-026", "REC-038", "REC-039"];

/** Cases that look at the bytes written for the golden records, not at what they mean. */
export const writtenFormCases: readonly Case[] = [
  formCase("json", "written JSON has the prescribed fields, order and spellings", JSON_FORM, (bytes) => {
    const problem = canonicalProblem(bytes);
    if (problem) throw wrong(problem.requirement, problem.message);
  }),
  formCase(
    "avro",
    "written container files have the prescribed schema, and one block",
    ["COD-027", "COD-041", "COD-042", "REC-007", "REC-026", "REC-038", "REC-039"],
    (bytes, schema) => {
      const { schema: text, codec, blocks } = readContainer(bytes);
      const [actual, expected] = [canonicalForm(JSON.parse(text)), canonicalForm(avroSchemaOf(schema))];
      const { fields } = JSON.parse(text) as { fields: readonly { readonly name: string }[] };
      const added = fields.find(({ name }) => !expected.includes(`{"name":${JSON.stringify(name)},`));
      if (added) throw wrong("REC-007", `the field ${added.name}`);
      if (actual !== expected)
        throw new Failure("WRONG-BYTES", "another schema", { requirement: "COD-027", expected, actual });
      if (blocks.length !== 1 || blocks[0]?.count !== 1) throw wrong("COD-041", `${blocks.length} blocks`);
      if (codec !== "null") throw wrong("COD-042", `the codec ${codec}`);
      checkSpellings(avroEnvelope(bytes));
    },
  ),
  formCase(
    "avro-single-object",
    "written single objects have the marker and the fingerprint",
    ["COD-043"],
    (bytes, schema) => {
      const actual = Buffer.from(bytes.subarray(0, 10)).toString("hex");
      const expected = `c301${Buffer.from(fingerprintOf(avroSchemaOf(schema))).toString("hex")}`;
      if (actual !== expected)
        throw new Failure("WRONG-BYTES", "another marker or fingerprint", { expected, actual });
      decodeSingleObject(bytes, schema);
    },
  ),
  formCase(
    "protobuf",
    "the type is written first, and UUIDs canonically",
    ["COD-062", "REC-026"],
    (bytes) => {
      if (bytes[0] !== 0x08) throw wrong("COD-062", `the first byte is ${bytes[0]}`);
      const { uuid } = decodeProtobuf(bytes);
      if (!UUID.test(uuid)) throw wrong("REC-026", `the uuid ${uuid}`);
    },
  ),
  readableCase("json", (bytes) => {
    const fields = orRefuse("not JSON", () => JSON.parse(Buffer.from(bytes).toString()));
    return new Map(Object.entries(fields));
  }),
  readableCase(
    "avro",
    (bytes) => new Map(Array.from(avroEnvelope(bytes), ([name, { kind }]) => [name, kind.value])),
  ),
];

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const READABLE_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(\d{3}|\d{6}))?[+-]\d\d:\d\d$/;
const READABLE_FIELDS: ReadonlySet<string> = new Set([
  ...[
    "type",
    "record_namespace",
    "record_name",
    "namespace",
    "name",
    "protocol_version",
    "version",
    "source",
  ],
  ...["uuid", "correlation_id", "partition_key", "date_timestamp", "date_iso8601", "destination"],
  ...["request_uuid", "ok", "error_code", "error_message", "context", "data"],
]);

/** Whether eventy 3.4.0 can read what is written: it refuses fields that it does not know, and other dates. */
function readableCase(
  encoding: "json" | "avro",
  fieldsOf: (bytes: Uint8Array) => ReadonlyMap<string, unknown>,
): Case {
  const check = (bytes: Uint8Array): void => {
    const fields = fieldsOf(bytes);
    const unknown = [...fields.keys()].find((name) => !READABLE_FIELDS.has(name));
    if (unknown !== undefined) throw wrong("VER-002", `the field ${unknown}`);
    const date = String(fields.get("date_iso8601"));
    if (!READABLE_DATE.test(date)) throw wrong("VER-002", `the date ${date}`);
  };
  const title = "what is written, eventy 3.4.0 reads";
  return {
    ...formCase(encoding, title, ["VER-002"], check),
    id: `${PLACES[encoding].prefix}.encode.readable`,
  };
}

/** Checks what decoding evens out: dates and UUIDs. */
function checkSpellings(fields: ReadonlyMap<string, Value>): void {
  const text = (name: string): string => String(fields.get(name)?.kind.value);
  const date = text("date_iso8601");
  if (!DATE.test(date)) throw wrong("REC-038", `the date ${date}`);
  if (Number(text("date_timestamp")) !== parseInstant(date)) {
    throw wrong("REC-039", `date_timestamp is ${text("date_timestamp")}, and date_iso8601 ${date}`);
  }
  if (!UUID.test(text("uuid"))) throw wrong("REC-026", `the uuid ${text("uuid")}`);
}

function wrong(requirement: string, message: string): Failure {
  return new Failure("WRONG-BYTES", message, { requirement });
}

function formCase(
  encoding: Written,
  title: string,
  requirements: readonly string[],
  check: (bytes: Uint8Array, schema: EventySchema) => void,
): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.encode.form`,
    title,
    requirements,
    profile,
    capabilities,
    run: ({ testee }) => checkAll(testee, encoding, check),
  };
}

async function checkAll(
  testee: Testee,
  encoding: Written,
  check: (bytes: Uint8Array, schema: EventySchema) => void,
): Promise<void> {
  for (const line of encodeLines(encoding).filter(({ refuse }) => !refuse)) {
    const answer = await askLine(testee, line);
    // That one is refused is a matter of its own case, unless it is the plainest.
    if ("failed" in answer && line.id !== "plain-event") continue;
    const bytes = unwrap(answer, `the record ${line.id}`);
    try {
      check(bytes, line.schema as EventySchema);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const message = `what was written for ${line.id} is not of the encoding: ${error.message}`;
      throw new Failure("WRONG-BYTES", message, { cause: error });
    }
  }
}
