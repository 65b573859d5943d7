import type { BinaryWriter } from "@bufbuild/protobuf/wire";
import type { Data, Value } from "../../record/index.js";
import { isList, isMap } from "./shapes.js";
import { TAGS } from "./wire.js";

/** Writes a map as the Map message of the field with the given tag. */
export function writeMap(writer: BinaryWriter, tag: number, map: Data): void {
  writer.uint32(tag).fork();
  for (const key of Object.keys(map)) {
    writer.uint32(TAGS.map.entries).fork();
    if (key !== "") writer.uint32(TAGS.entry.key).string(key);
    writeValue(writer, TAGS.entry.value, map[key] as Value);
    writer.join();
  }
  writer.join();
}

function writeList(writer: BinaryWriter, tag: number, list: readonly Value[]): void {
  writer.uint32(tag).fork();
  for (const member of list) writeValue(writer, TAGS.list.values, member);
  writer.join();
}

function writeValue(writer: BinaryWriter, tag: number, value: Value): void {
  writer.uint32(tag).fork();
  writeKind(writer, value);
  writer.join();
}

function writeKind(writer: BinaryWriter, value: Value): void {
  switch (typeof value) {
    case "boolean":
      writer.uint32(TAGS.value.boolean).bool(value);
      break;
    case "number":
      writeNumber(writer, value);
      break;
    case "bigint":
      writer.uint32(TAGS.value.integer).sint64(value);
      break;
    case "string":
      writer.uint32(TAGS.value.string).string(value);
      break;
    default:
      if (value === null) writer.uint32(TAGS.value.null).int32(0);
      else if (value instanceof Uint8Array) writer.uint32(TAGS.value.bytes).bytes(value);
      else if (isList(value)) writeList(writer, TAGS.value.list, value);
      else if (isMap(value)) writeMap(writer, TAGS.value.map, value);
  }
}

function writeNumber(writer: BinaryWriter, value: number): void {
  if ((value | 0) === value && !Object.is(value, -0)) writer.uint32(TAGS.value.integer).sint32(value);
  else if (Number.isSafeInteger(value) && value !== 0) writer.uint32(TAGS.value.integer).sint64(value);
  else writer.uint32(TAGS.value.double).double(value);
}
