import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { WireType } from "@bufbuild/protobuf/wire";
import { EventyError, type LooseFields, setMember } from "../../../record/index.js";
import { checkLevel } from "../read-value.js";
import type { WireReader } from "../wire.js";
import { absentFields, absentSlot, nameOf } from "./absent.js";
import { layoutOf, type Slot } from "./layout.js";
import { readScalar, wireTypeOf, zeroOf } from "./read-scalar.js";

type FieldOf<Kind extends DescField["fieldKind"]> = DescField & { readonly fieldKind: Kind };

/** Where a message ends: at a position, or at the end tag of the group of that number. */
type End = { readonly at: number } | { readonly group: number };

/**
 * Reads the rest of the bytes as a message of the given type.
 *
 * @throws EventyError INVALID_RECORD, LIMIT_EXCEEDED, MALFORMED; other errors mean that the bytes are malformed.
 */
export function readMessage(reader: WireReader, type: DescMessage): LooseFields {
  return readFields(reader, type, { at: reader.len }, 1);
}

function readFields(
  reader: WireReader,
  type: DescMessage,
  end: End,
  level: number,
  data: LooseFields = absentFields(type),
): LooseFields {
  checkLevel(level);
  const { byNumber, required } = layoutOf(type);
  while (!("at" in end) || reader.pos < end.at) {
    const [number, wireType] = reader.tag();
    if (wireType === WireType.EndGroup && "group" in end && end.group === number) break;
    const field = byNumber.get(number);
    if (field === undefined) reader.skip(wireType, number);
    else readField(reader, field, wireType, level, data);
  }
  if ("at" in end) reader.expectEnd(end.at);
  for (const { name } of required) {
    if (Object.hasOwn(data, name)) continue;
    throw new EventyError("INVALID_RECORD", `the required field ${name} of ${type} is missing`, {
      path: "data",
    });
  }
  return data;
}

function readField(
  reader: WireReader,
  field: DescField,
  wireType: WireType,
  level: number,
  data: LooseFields,
): void {
  const { name } = field;
  for (const other of field.oneof?.fields ?? []) if (other !== field) delete data[other.name];
  const earlier = Object.hasOwn(data, name) ? data[name] : undefined;
  if (field.fieldKind === "list") readIntoList(reader, field, wireType, level, earlier as unknown[]);
  else if (field.fieldKind === "map") readIntoMap(reader, field, wireType, level, earlier as LooseFields);
  else setMember(data, name, readSlot(reader, field, wireType, level, earlier));
}

function readIntoList(
  reader: WireReader,
  field: FieldOf<"list">,
  wireType: WireType,
  level: number,
  list: unknown[],
): void {
  const elementType = field.message !== undefined ? undefined : wireTypeOf(field.scalar);
  if (wireType !== WireType.LengthDelimited || elementType === undefined || elementType === wireType) {
    list.push(readSlot(reader, field, wireType, level + 1));
    return;
  }
  const end = reader.messageEnd();
  while (reader.pos < end) list.push(readSlot(reader, field, elementType, level + 1));
  reader.expectEnd(end);
}

function readIntoMap(
  reader: WireReader,
  field: FieldOf<"map">,
  wireType: WireType,
  level: number,
  map: LooseFields,
): void {
  expectWireType(field, wireType, WireType.LengthDelimited);
  const end = reader.messageEnd();
  let key = zeroOf(field.mapKey);
  let value: unknown;
  while (reader.pos < end) {
    const [number, found] = reader.tag();
    if (number === 1 && found === wireTypeOf(field.mapKey)) key = readScalar(reader, field.mapKey);
    else if (number === 2) value = readSlot(reader, field, found, level + 1, value);
    else reader.skip(found, number);
  }
  reader.expectEnd(end);
  setMember(map, String(key), value ?? absentSlot(field));
}

function readSlot(
  reader: WireReader,
  slot: Slot,
  wireType: WireType,
  level: number,
  earlier?: unknown,
): unknown {
  if (slot.message !== undefined) {
    const isGroup = slot.delimitedEncoding === true;
    expectWireType(slot, wireType, isGroup ? WireType.StartGroup : WireType.LengthDelimited);
    const end = isGroup ? { group: slot.number } : { at: reader.messageEnd() };
    return readFields(reader, slot.message, end, level + 1, earlier as LooseFields | undefined);
  }
  expectWireType(slot, wireType, wireTypeOf(slot.scalar));
  return slot.enum === undefined ? readScalar(reader, slot.scalar) : nameOf(slot.enum, reader.int32());
}

function expectWireType(field: { toString(): string }, found: WireType, expected: WireType): void {
  if (found === expected) return;
  throw new EventyError("MALFORMED", `${field} has wire type ${found}`, { path: "data" });
}
