import type { Data, Value } from "../../record/index.js";
import { isList, isMap } from "./shapes.js";
import { TAGS } from "./wire.js";
import type { WireWriter } from "./wire-writer.js";

/** Writes a map as the Map message of the field with the given tag. */
export function writeMap(writer: WireWriter, tag: number, map: Data): void {
  writer.varint(tag).fork();
  for (const key of Object.keys(map)) {
    writer.varint(TAGS.map.entries).fork();
    if (key !== "") writer.varint(TAGS.entry.key).string(key);
    writeValue(writer, TAGS.entry.value, map[key] as Value);
    writer.join();
  }
  writer.join();
}

function writeList(writer: WireWriter, tag: number, list: readonly Value[]): void {
  writer.varint(tag).fork();
  for (const member of list) writeValue(writer, TAGS.list.values, member);
  writer.join();
}

function writeValue(writer: WireWriter, tag: number, value: Value): void {
  writer.varint(tag).fork();
  writeKind(writer, value);
  writer.join();
}

function writeKind(writer: WireWriter, value: Value): void {
  switch (typeof value) {
    case "boolean":
      writer.varint(TAGS.value.boolean).varint(Number(value));
      break;
    case "number":
      writeNumber(writer, value);
      break;
    case "bigint":
      writer.varint(TAGS.value.integer).zigzag(value);
      break;
    case "string":
      writer.varint(TAGS.value.string).string(value);
      break;
    default:
      if (value === null) writer.varint(TAGS.value.null).varint(0);
      else if (value instanceof Uint8Array) writer.varint(TAGS.value.bytes).bytes(value);
      else if (isList(value)) writeList(writer, TAGS.value.list, value);
      else if (isMap(value)) writeMap(writer, TAGS.value.map, value);
  }
}

function writeNumber(writer: WireWriter, value: number): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) writer.varint(TAGS.value.integer).zigzag(value);
  else writer.varint(TAGS.value.double).double(value);
}
