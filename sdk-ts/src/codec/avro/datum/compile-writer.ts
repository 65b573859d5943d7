import { NestedError } from "../../../record/index.js";
import { describeSchema, type Field, type RecordSchema, type Schema } from "../schema/schema.js";
import type { DatumWriter } from "./datum-writer.js";
import { isMap, nullFits } from "./fits.js";
import { leafWriter } from "./leaf-writer.js";
import { misfit, unencodable } from "./misfit.js";
import { unionWriter } from "./union-writer.js";

/**
 * A function that writes values of the schema, for many calls. Exact: a value
 * that the schema would change is a misfit.
 * Fields that a map has no key for are null where that fits; their defaults are for schema resolution.
 */
export function compileWriter(schema: Schema): DatumWriter {
  return new WriterCompiler().compile(schema);
}

class WriterCompiler {
  readonly #records = new Map<RecordSchema, DatumWriter>();

  compile(schema: Schema): DatumWriter {
    switch (schema.type) {
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
      default:
        return leafWriter(schema);
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

function arrayWriter(schema: Schema, write: DatumWriter): DatumWriter {
  return (writer, value) => {
    if (!Array.isArray(value)) throw misfit(schema, value);
    if (value.length > 0) writer.long(value.length);
    let index = 0;
    try {
      for (; index < value.length; index++) write(writer, value[index]);
    } catch (error) {
      throw NestedError.within(index, error);
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
        throw NestedError.within(key, error);
      }
    }
    writer.long(0);
  };
}

interface FieldWriter {
  readonly name: string;
  readonly write: DatumWriter;
  /** What is written where there is no key; undefined if the field must have one. */
  readonly absent: null | undefined;
  /** Every object has a member of this name from its prototype. */
  readonly inherited: boolean;
}

function compileField(field: Field, write: DatumWriter): FieldWriter {
  return {
    name: field.name,
    write,
    absent: nullFits(field.schema) ? null : undefined,
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
        member = field.absent;
      }
      try {
        if (member === undefined) throw unencodable("is missing, and cannot be null");
        field.write(writer, member);
      } catch (error) {
        throw NestedError.within(field.name, error);
      }
    }
    if (Object.keys(value).length !== fields.length - absent) throw unknownKey(schema, value);
  };
}

function unknownKey(schema: RecordSchema, value: object): unknown {
  const names = new Set(schema.fields.map(({ name }) => name));
  const key = Object.keys(value).find((candidate) => !names.has(candidate)) ?? "";
  return NestedError.within(key, unencodable(`the ${describeSchema(schema)} has no such field`));
}
