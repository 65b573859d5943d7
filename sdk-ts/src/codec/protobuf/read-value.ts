import { LIMITS } from "../../gen/constants.js";
import { EventyError, type LooseFields, setMember } from "../../record/index.js";
import { isList, isMap } from "./shapes.js";
import { TAGS, type WireReader } from "./wire.js";

/**
 * Reads a Map message into `map`. The values are not checked yet: one without
 * a kind is undefined, a double may be NaN.
 *
 * @param level levels of nesting, that of this map included
 * @throws EventyError MALFORMED, LIMIT_EXCEEDED; other errors mean that the bytes are malformed.
 */
export function readMap(reader: WireReader, level: number, map: LooseFields = {}): LooseFields {
  checkLevel(level);
  const end = reader.messageEnd();
  while (reader.pos < end) {
    const tag = reader.wireTag();
    if (tag === TAGS.map.entries) readEntry(reader, level, map);
    else reader.skipUnknown(tag, 1);
  }
  reader.expectEnd(end);
  return map;
}

/** @throws EventyError LIMIT_EXCEEDED if there are more levels of nesting than the protocol allows. */
export function checkLevel(level: number): void {
  if (level > LIMITS.nesting) {
    throw new EventyError("LIMIT_EXCEEDED", `more than ${LIMITS.nesting} levels of nesting`);
  }
}

function readEntry(reader: WireReader, level: number, map: LooseFields): void {
  const end = reader.messageEnd();
  let key = "";
  let value: unknown;
  while (reader.pos < end) {
    const tag = reader.wireTag();
    if (tag === TAGS.entry.key) key = reader.string(true);
    else if (tag === TAGS.entry.value) value = readValue(reader, level, value);
    else reader.skipUnknown(tag, 2);
  }
  reader.expectEnd(end);
  setMember(map, key, value);
}

function readList(reader: WireReader, level: number, list: unknown[]): unknown[] {
  checkLevel(level);
  const end = reader.messageEnd();
  while (reader.pos < end) {
    const tag = reader.wireTag();
    if (tag === TAGS.list.values) list.push(readValue(reader, level, undefined));
    else reader.skipUnknown(tag, 1);
  }
  reader.expectEnd(end);
  return list;
}

/** Reads a Value into the one that was read before: Protobuf merges a message that stands twice. */
function readValue(reader: WireReader, level: number, earlier: unknown): unknown {
  const end = reader.messageEnd();
  let value = earlier;
  while (reader.pos < end) {
    const tag = reader.wireTag();
    switch (tag) {
      case TAGS.value.null:
        reader.int32();
        value = null;
        break;
      case TAGS.value.boolean:
        value = reader.bool();
        break;
      case TAGS.value.integer:
        value = reader.integer();
        break;
      case TAGS.value.double:
        value = reader.double();
        break;
      case TAGS.value.string:
        value = reader.string(true);
        break;
      case TAGS.value.bytes:
        value = reader.copiedBytes();
        break;
      case TAGS.value.list:
        value = readList(reader, level + 1, isList(value) ? value : []);
        break;
      case TAGS.value.map:
        value = readMap(reader, level + 1, isMap(value) ? value : {});
        break;
      default:
        reader.skipUnknown(tag, 8);
    }
  }
  reader.expectEnd(end);
  return value;
}
