import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { type BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { FeatureSet_FieldPresence as Presence } from "@bufbuild/protobuf/wkt";
import { type Data, EventyError, pathOf, type Value } from "../../../record/index.js";
import { isList, isMap } from "../shapes.js";
import { absentSlot } from "./absent.js";
import { layoutOf, type Slot } from "./layout.js";
import { wireTypeOf } from "./read-scalar.js";
import { unencodable, writeScalar } from "./write-scalar.js";

type FieldOf<Kind extends DescField["fieldKind"]> = DescField & { readonly fieldKind: Kind };

/**
 * Writes data as a message of the given type, without a tag.
 *
 * @throws EventyError UNENCODABLE, with the path, if the message cannot carry the data exactly.
 */
export function writeMessage(writer: BinaryWriter, type: DescMessage, data: Data, path: string): void {
  const { byName, sorted, implicit, required } = layoutOf(type);
  for (const key of Object.keys(data)) {
    if (byName.has(key)) continue;
    throw new EventyError("UNENCODABLE", `${type} has no such field`, { path: pathOf(path, key) });
  }
  for (const { name } of [...implicit, ...required]) {
    if (Object.hasOwn(data, name)) continue;
    throw new EventyError("UNENCODABLE", `is missing; set it, or declare it optional in ${type}`, {
      path: pathOf(path, name),
    });
  }
  for (const { name, fields } of type.oneofs) {
    if (fields.filter((field) => Object.hasOwn(data, field.name)).length < 2) continue;
    throw new EventyError("UNENCODABLE", `more than one field of oneof ${name} is set`, { path });
  }
  for (const field of sorted) {
    if (!Object.hasOwn(data, field.name)) continue;
    const value = data[field.name] as Value;
    if (!isUnwrittenDefault(field, value)) writeField(writer, field, value, pathOf(path, field.name));
  }
}

function writeField(writer: BinaryWriter, field: DescField, value: Value, path: string): void {
  if (field.fieldKind === "list") writeList(writer, field, value, path);
  else if (field.fieldKind === "map") writeMap(writer, field, value, path);
  else writeSlot(writer, field, field.number, value, path);
}

/** True for what a reader finds in a field without presence that is not written. */
function isUnwrittenDefault(field: DescField, value: Value): boolean {
  if (field.presence !== Presence.IMPLICIT) return false;
  if (field.fieldKind === "list" || field.fieldKind === "map") return false;
  if (value instanceof Uint8Array) return field.scalar === ScalarType.BYTES && value.length === 0;
  return Object.is(value, absentSlot(field));
}

function writeList(writer: BinaryWriter, field: FieldOf<"list">, value: Value, path: string): void {
  if (!isList(value)) throw unencodable(value, "a list", path);
  if (value.length === 0) return;
  if (field.packed) writer.tag(field.number, WireType.LengthDelimited).fork();
  value.forEach((member, index) => {
    const place = pathOf(path, index);
    if (field.packed) writeUntagged(writer, field, member, place);
    else writeSlot(writer, field, field.number, member, place);
  });
  if (field.packed) writer.join();
}

function writeMap(writer: BinaryWriter, field: FieldOf<"map">, value: Value, path: string): void {
  if (!isMap(value)) throw unencodable(value, "a map", path);
  for (const [key, member] of Object.entries(value)) {
    const place = pathOf(path, key);
    writer.tag(field.number, WireType.LengthDelimited).fork();
    writer.tag(1, wireTypeOf(field.mapKey));
    writeScalar(writer, field.mapKey, keyValue(field.mapKey, key, place), place);
    writeSlot(writer, field, 2, member, place);
    writer.join();
  }
}

function writeSlot(writer: BinaryWriter, slot: Slot, number: number, value: Value, path: string): void {
  if (slot.message === undefined) {
    writer.tag(number, wireTypeOf(slot.scalar));
    writeUntagged(writer, slot, value, path);
    return;
  }
  if (!isMap(value)) throw unencodable(value, `a message (${slot.message})`, path);
  if (slot.delimitedEncoding === true) {
    writeMessage(writer.tag(number, WireType.StartGroup), slot.message, value, path);
    writer.tag(number, WireType.EndGroup);
  } else {
    writeMessage(writer.tag(number, WireType.LengthDelimited).fork(), slot.message, value, path);
    writer.join();
  }
}

function writeUntagged(writer: BinaryWriter, slot: Slot, value: Value, path: string): void {
  if (slot.enum !== undefined) writer.int32(numberOf(slot.enum, value, path));
  else if (slot.scalar !== undefined) writeScalar(writer, slot.scalar, value, path);
}

function numberOf(type: DescEnum, value: Value, path: string): number {
  const named = type.values.find(({ name }) => name === value);
  if (named !== undefined) return named.number;
  if (typeof value === "number" && (value | 0) === value && type.value[value] === undefined) return value;
  throw unencodable(value, `a name of ${type}`, path);
}

/** The value of a map's key, from its text. */
function keyValue(type: ScalarType, key: string, path: string): Value {
  if (type === ScalarType.STRING) return key;
  if (type === ScalarType.BOOL && (key === "true" || key === "false")) return key === "true";
  if (type !== ScalarType.BOOL && /^(0|-?[1-9]\d*)$/.test(key)) return BigInt(key);
  throw unencodable(key, `a key of type ${ScalarType[type].toLowerCase()}`, path);
}
