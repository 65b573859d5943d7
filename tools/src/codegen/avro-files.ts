import { type AvroField, type AvroType, avroEnvelope } from "./avro.js";
import type { RecordModel, TypeModel } from "./model.js";

/** An Avro schema for each type of record, with an example that has no data. */
export function avroSchemas(model: RecordModel): { readonly [file: string]: unknown } {
  return Object.fromEntries(
    model.types.map((type) => [`${type.word.toLowerCase()}.avsc`, schema(model, type)]),
  );
}

function schema(model: RecordModel, type: TypeModel): unknown {
  const data: AvroField = { name: "data", type: dataType(type), doc: "Values by key." };
  return {
    name: "Example",
    namespace: "example",
    doc: `${type.comment} Example stands for the name of the record, and its data is empty.`,
    type: "record",
    fields: [...avroEnvelope(model, type), data],
  };
}

function dataType(type: TypeModel): AvroType {
  const record = { type: "record", name: "Example_data", fields: [] };
  // A response that failed has no data: eventy 3.4.0 gives it a map that can only be empty.
  return type.text === "RESPONSE" ? [{ type: "map", values: [] }, record] : record;
}
