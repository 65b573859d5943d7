import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";
import { type LooseFields, setMember } from "../../../record/index.js";
import { layoutOf, type Slot } from "./layout.js";
import { zeroOf } from "./read-scalar.js";

/** The fields of a message of which nothing is written. */
export function absentFields(type: DescMessage): LooseFields {
  const data: LooseFields = {};
  for (const field of layoutOf(type).implicit) setMember(data, field.name, absentField(field));
  return data;
}

function absentField(field: DescField): unknown {
  if (field.fieldKind === "list") return [];
  return field.fieldKind === "map" ? {} : absentSlot(field);
}

/** The value of a slot of which nothing is written, and which has no presence. */
export function absentSlot(slot: Slot): unknown {
  if (slot.message !== undefined) return absentFields(slot.message);
  return slot.enum === undefined ? zeroOf(slot.scalar) : nameOf(slot.enum, slot.enum.values[0]?.number ?? 0);
}

/** An enum value: its name, or its number if it has none. */
export function nameOf(type: DescEnum, number: number): string | number {
  return type.value[number]?.name ?? number;
}
