import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const SCHEMAS = new URL("../../../schemas/", import.meta.url);

/** A generated file, parsed. */
export function readSchema(path: string): { readonly [key: string]: unknown } {
  return JSON.parse(readFileSync(new URL(path, SCHEMAS), "utf8"));
}

/** A validator of a generated JSON Schema; compiling it proves that the schema itself is sound. */
export function validator(path: string): ValidateFunction {
  return new Ajv2020({ strict: true, allErrors: true }).compile(readSchema(path));
}
