import type { EnumSchema, FixedSchema, PrimitiveSchema } from "../schema/schema.js";
import type { DatumWriter } from "./datum-writer.js";
import { fitsDouble, fitsFloat, fitsInt, fitsLong } from "./fits.js";
import { misfit } from "./misfit.js";

const FLOAT_ADVICE = "; round it with Math.fround, or declare the field as double";

/** Writes values without parts. */
export function leafWriter(schema: PrimitiveSchema | FixedSchema | EnumSchema): DatumWriter {
  switch (schema.type) {
    case "null":
      return (_writer, value) => {
        if (value !== null) throw misfit(schema, value);
      };
    case "boolean":
      return (writer, value) => {
        if (typeof value !== "boolean") throw misfit(schema, value);
        writer.boolean(value);
      };
    case "int":
      return (writer, value) => {
        if (!fitsInt(value)) throw misfit(schema, value);
        writer.long(value);
      };
    case "long":
      return (writer, value) => {
        if (!fitsLong(value)) throw misfit(schema, value);
        writer.long(value);
      };
    case "float":
      return (writer, value) => {
        if (!fitsFloat(value)) throw misfit(schema, value, FLOAT_ADVICE);
        writer.float(value);
      };
    case "double":
      return (writer, value) => {
        if (!fitsDouble(value)) throw misfit(schema, value);
        writer.double(value);
      };
    case "string":
      return (writer, value) => {
        if (typeof value !== "string") throw misfit(schema, value);
        writer.string(value);
      };
    case "bytes":
      return (writer, value) => {
        if (!(value instanceof Uint8Array)) throw misfit(schema, value);
        writer.bytes(value);
      };
    case "fixed":
      return (writer, value) => {
        if (!(value instanceof Uint8Array) || value.length !== schema.size) throw misfit(schema, value);
        writer.fixed(value);
      };
    case "enum":
      return enumWriter(schema);
  }
}

function enumWriter(schema: EnumSchema): DatumWriter {
  const indices = new Map<unknown, number>(schema.symbols.map((symbol, index) => [symbol, index]));
  return (writer, value) => {
    const index = indices.get(value);
    if (index === undefined)
      throw misfit(schema, value, `, which has ${schema.symbols.join(", ") || "no symbols"}`);
    writer.long(index);
  };
}
