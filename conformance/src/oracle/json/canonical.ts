import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { isLosslessNumber } from "lossless-json";
import { RECORD_SCHEMA } from "../../gen/record-schema.js";
import { Refusal } from "../refusal.js";
import { decodeJson } from "./decode.js";
import { jsonFields } from "./encode.js";
import { isObject, parseJson } from "./text.js";

const validate: ValidateFunction = new Ajv2020({ strict: false, allErrors: false }).compile(RECORD_SCHEMA);

/** What is wrong with the form of written bytes, and the requirement that says so. */
export interface FormProblem {
  readonly requirement: string;
  readonly message: string;
}

/**
 * What keeps the bytes of a record from being in the form that writers of JSON must use, or undefined: the
 * schema of written records, the order of the fields, no key twice.
 *
 * @throws Refusal if they are not a record at all.
 */
export function canonicalProblem(bytes: Uint8Array): FormProblem | undefined {
  if (bytes[0] === 0xef) return { requirement: "COD-013", message: "a byte order mark" };
  const { value, hasDuplicates } = parseJson(bytes);
  if (!isObject(value)) throw new Refusal("not a JSON object");
  if (hasDuplicates) return { requirement: "COD-014", message: "a key stands twice in an object" };
  if (!validate(plain(value))) return schemaProblem(validate.errors ?? []);
  const record = decodeJson(bytes);
  const fields = Object.keys(value).join(", ");
  if (
    fields !==
    jsonFields(record)
      .map(([name]) => name)
      .join(", ")
  ) {
    return { requirement: "COD-012", message: `fields in the order ${fields}` };
  }
  if (Number(plain(value["date_timestamp"])) === Number(record.date)) return undefined;
  return { requirement: "REC-039", message: "date_timestamp is not the instant of date_iso8601" };
}

const FIELD_REQUIREMENTS: { readonly [path: string]: string } = {
  "/date_iso8601": "REC-038",
  "/date_timestamp": "REC-039",
  "/uuid": "REC-026",
  "/request_uuid": "REC-026",
};

function schemaProblem(errors: readonly ErrorObject[]): FormProblem {
  const error = errors.find(({ keyword }) => keyword !== "if");
  const path = error?.instancePath ?? "";
  const requirement =
    FIELD_REQUIREMENTS[path] ?? (error?.keyword === "additionalProperties" ? "REC-007" : "COD-012");
  return { requirement, message: `${path} ${error?.message ?? "does not match the schema"}`.trim() };
}

/** The text with numbers as the schema's validator takes them; their size was looked at before. */
function plain(value: unknown): unknown {
  if (isLosslessNumber(value)) return Number(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
