import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { isLosslessNumber } from "lossless-json";
import { RECORD_SCHEMA } from "../../gen/record-schema.js";
import { Refusal } from "../refusal.js";
import { decodeJson } from "./decode.js";
import { jsonFields } from "./encode.js";
import { isObject, parseJson } from "./text.js";

const validate: ValidateFunction = new Ajv2020({ strict: false, allErrors: false }).compile(RECORD_SCHEMA);

/**
 * What keeps the bytes of a record from being in the form that writers of JSON must use, or undefined: the
 * schema of written records, the order of the fields, no key twice.
 *
 * @throws Refusal if they are not a record at all.
 */
export function canonicalProblem(bytes: Uint8Array): string | undefined {
  const { value, hasDuplicates } = parseJson(bytes);
  if (!isObject(value)) throw new Refusal("not a JSON object");
  if (hasDuplicates) return "a key stands twice in an object";
  if (!validate(plain(value))) {
    const [error] = validate.errors ?? [];
    return `${error?.instancePath ?? ""} ${error?.message ?? "does not match the schema"}`.trim();
  }
  const record = decodeJson(bytes);
  const fields = Object.keys(value);
  const expected = jsonFields(record).map(([name]) => name);
  if (fields.join() !== expected.join()) return `fields in the order ${fields.join(", ")}`;
  return Number(value["date_timestamp"]) === Number(record.date) ? undefined : "the two dates differ";
}

/** The text with numbers as the schema's validator takes them; their size was looked at before. */
function plain(value: unknown): unknown {
  if (isLosslessNumber(value)) return Number(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
