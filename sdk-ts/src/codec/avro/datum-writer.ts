import type { Value } from "../../record/index.js";
import type { BinaryWriter } from "./binary-writer.js";
import { defaultValue } from "./default-value.js";
import { fitsDouble, fitsFloat, fitsInt, fitsLong, isMap } from "./fits.js";
import { describeValue, Misfit } from "./misfit.js";
import { describeSchema, type Field, type FixedSchema, type RecordSchema, type Schema } from "./schema.js";
import { unionWriter } from "./union-writer.js";

/** Writes one value of a schema, or throws a {@link Misfit}. */
export type DatumWriter = (writer: BinaryWriter, value: unknown) => void;

/**
 * A function that writes values of the schema, for many calls. Exact: a value
 * that the schema would change is a misfit.
 *
 * @throws EventyError INVALID_SCHEMA for a default that is not a value of its field.
 */
export function compileWriter(schema: Schema): DatumWriter {
  return new WriterCompiler().compile(schema);
}

class WriterCompiler {
  readonly #records = new Map<RecordSchema, DatumWriter>();

  compile(schema: Schema): DatumWriter {
    switch (schema.type) {
      case "null":
        return primitive(
          schema,
          (value) => value === null,
          () => {},
        );
      case "boolean":
        return primitive(
          schema,
          (value) => typeof value === "boolean",
          (writer, value) => writer.boolean(value),
        );
      case "int":
        return primitive(schema, fitsInt, (writer, value) => writer.long(value));
      case "long":
        return primitive(schema, fitsLong, (writer, value) => writer.long(value));
      case "float":
        return primitive(schema, fitsFloat, (writer, value) => writer.float(Number(value)), FLOAT_ADVICE);
      case "double":
        return primitive(schema, fitsDouble, (writer, value) => writer.double(Number(value)));
      case "bytes":
        return primitive(schema, isBytes, (writer, value) => writer.bytes(value));
      case "string":
        return primitive(
          schema,
          (value) => typeof value === "string",
          (writer, value) => writer.string(value),
        );
      case "fixed":
        return fixedWriter(schema);
      case "enum":
        return enumWriter(schema, schema.symbols);
      case "array":
        return arrayWriter(schema, this.compile(schema.items));
      case "map":
        return mapWriter(schema, this.compile(schema.values));
      case "union":
        return unionWriter(
          schema,
          schema.branches.map((branch) => this.compile(branch)),
        );
      case "record":
        return this.#records.get(schema) ?? this.#record(schema);
    }
  }

  #record(schema: RecordSchema): DatumWriter {
    // Fields that lead back here find this entry, through which the real writer comes later.
    let write: DatumWriter | undefined;
    this.#records.set(schema, (writer, value) => write?.(writer, value));
    write = recordWriter(
      schema,
      schema.fields.map((field) => compileField(field, this.compile(field.schema))),
    );
    this.#records.set(schema, write);
    return write;
  }
}

const FLOAT_ADVICE = "; round it with Math.fround, or declare the field as double";

function primitive<T>(
  schema: Schema,
  check: (value: unknown) => value is T,
  write: (writer: BinaryWriter, value: T) => void,
  advice = "",
): DatumWriter {
  return (writer, value) => {
    if (!check(value)) throw misfit(schema, value, advice);
    write(writer, value);
  };
}

function misfit(schema: Schema, value: unknown, advice = ""): Misfit {
  return new Misfit(`${describeValue(value)} is not a value of ${describeSchema(schema)}${advice}`);
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function fixedWriter(schema: FixedSchema): DatumWriter {
  return (writer, value) => {
    if (!isBytes(value) || value.length !== schema.size) throw misfit(schema, value);
    writer.fixed(value);
  };
}

function enumWriter(schema: Schema, symbols: readonly string[]): DatumWriter {
  const indices = new Map<unknown, number>(symbols.map((symbol, index) => [symbol, index]));
  return (writer, value) => {
    const index = indices.get(value);
    if (index === undefined) throw misfit(schema, value, `, which has ${symbols.join(", ") || "no symbols"}`);
    writer.long(index);
  };
}

function arrayWriter(schema: Schema, write: DatumWriter): DatumWriter {
  return (writer, value) => {
    if (!Array.isArray(value)) throw misfit(schema, value);
    if (value.length > 0) writer.long(value.length);
    let index = 0;
    try {
      for (; index < value.length; index++) write(writer, value[index]);
    } catch (error) {
      throw Misfit.in(index, error);
    }
    writer.long(0);
  };
}

function mapWriter(schema: Schema, write: DatumWriter): DatumWriter {
  return (writer, value) => {
    if (!isMap(value)) throw misfit(schema, value);
    const keys = Object.keys(value);
    if (keys.length > 0) writer.long(keys.length);
    for (const key of keys) {
      writer.string(key);
      try {
        write(writer, value[key]);
      } catch (error) {
        throw Misfit.in(key, error);
      }
    }
    writer.long(0);
  };
}

interface FieldWriter {
  readonly name: string;
  readonly write: DatumWriter;
  /** Undefined where the field has no default. */
  readonly fallback: Value | undefined;
  /** Every object has a member of this name from its prototype. */
  readonly inherited: boolean;
}

function compileField(field: Field, write: DatumWriter): FieldWriter {
  return {
    name: field.name,
    write,
    fallback: field.fallback && defaultValue(field.schema, field.fallback.json, field.name),
    inherited: field.name in Object.prototype,
  };
}

function recordWriter(schema: RecordSchema, fields: readonly FieldWriter[]): DatumWriter {
  return (writer, value) => {
    if (!isMap(value)) throw misfit(schema, value);
    let absent = 0;
    for (const field of fields) {
      let member = field.inherited && !Object.hasOwn(value, field.name) ? undefined : value[field.name];
      if (member === undefined) {
        absent++;
        member = field.fallback;
      }
      try {
        if (member === undefined) throw new Misfit("is missing, and the schema has no default for it");
        field.write(writer, member);
      } catch (error) {
        throw Misfit.in(field.name, error);
      }
    }
    if (Object.keys(value).length !== fields.length - absent) throw unknownKey(schema, value);
  };
}

function unknownKey(schema: RecordSchema, value: object): unknown {
  const names = new Set(schema.fields.map(({ name }) => name));
  const key = Object.keys(value).find((candidate) => !names.has(candidate)) ?? "";
  return Misfit.in(key, new Misfit(`the ${describeSchema(schema)} has no such field`));
}
