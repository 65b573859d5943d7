import type { Schema, UnionSchema } from "../schema/schema.js";
import type { BinaryWriter } from "./binary-writer.js";
import type { DatumWriter } from "./datum-writer.js";
import { FIT, fit } from "./fits.js";
import { misfit } from "./misfit.js";

type Kind = "null" | "boolean" | "string" | "bytes" | "integer" | "negativeZero" | "double" | "list" | "map";

/** The types that may carry a kind of value, the better ones first; types in one list go by their order in the schema. */
const CARRIERS: { readonly [K in Kind]: readonly (readonly Schema["type"][])[] } = {
  null: [["null"]],
  boolean: [["boolean"]],
  string: [["string", "enum"]],
  bytes: [["bytes", "fixed"]],
  integer: [["int", "long"], ["double"], ["float"]],
  negativeZero: [["double"], ["float"], ["int", "long"]],
  double: [["double"], ["float"]],
  list: [["array"]],
  map: [["map", "record"]],
};

interface Branch {
  readonly index: number;
  readonly schema: Schema;
  readonly write: DatumWriter;
}

/** Writes a value as the first branch that carries it exactly, else as the first that does with nulls added. */
export function unionWriter(schema: UnionSchema, writers: readonly DatumWriter[]): DatumWriter {
  const branches = schema.branches.flatMap((branch, index): Branch[] => {
    const write = writers[index];
    return write === undefined ? [] : [{ index, schema: branch, write }];
  });
  const carriersOf = (kind: Kind): readonly Branch[] =>
    CARRIERS[kind].flatMap((types) => branches.filter((branch) => types.includes(branch.schema.type)));
  const carriers: { readonly [K in Kind]: readonly Branch[] } = {
    null: carriersOf("null"),
    boolean: carriersOf("boolean"),
    string: carriersOf("string"),
    bytes: carriersOf("bytes"),
    integer: carriersOf("integer"),
    negativeZero: carriersOf("negativeZero"),
    double: carriersOf("double"),
    list: carriersOf("list"),
    map: carriersOf("map"),
  };
  return (writer, value) => {
    const candidates = carriers[kindOf(value)];
    const branch = candidates.length > 1 ? best(candidates, value, writer) : candidates[0];
    if (branch === undefined) throw misfit(schema, value);
    writer.long(branch.index);
    branch.write(writer, value);
  };
}

function best(candidates: readonly Branch[], value: unknown, writer: BinaryWriter): Branch | undefined {
  let padded: Branch | undefined;
  for (const branch of candidates) {
    const quality = fit(branch.schema, value, writer.fitMemo);
    if (quality === FIT.exact) return branch;
    if (quality === FIT.padded) padded ??= branch;
  }
  return padded;
}

function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case "boolean":
      return "boolean";
    case "string":
      return "string";
    case "bigint":
      return "integer";
    case "number":
      if (Object.is(value, -0)) return "negativeZero";
      return Number.isSafeInteger(value) ? "integer" : "double";
    default:
      if (value === null) return "null";
      if (Array.isArray(value)) return "list";
      return value instanceof Uint8Array ? "bytes" : "map";
  }
}
