import type { DescMessage } from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { type Data, EventyError, type LooseFields } from "../../../record/index.js";
import type { PackedMessage } from "../read-record.js";
import { WireReader } from "../wire.js";
import { readMessage } from "./read-message.js";
import { writeMessage } from "./write-message.js";

/**
 * Descriptors of message types, such as protoc-gen-es generates, by qualified name of the record.
 *
 * A message and data say the same so:
 * - keys are the names of the fields in the .proto file (`order_id`);
 * - a field without presence (no `optional`, no message, not in a oneof) is always there;
 * - a field with presence that is not set is not there; data never holds null;
 * - an enum value is its name, or its number where it has no name here;
 * - integers are numbers, and bigints beyond ±(2^53−1);
 * - keys of maps are text; messages, those of google.protobuf too, are maps of their fields.
 *
 * What does not fit exactly is refused: data is never rounded, dropped or made up.
 */
export type MessageTypes = { readonly [qualifiedName: string]: DescMessage };

const TYPE_URL_PREFIX = "type.googleapis.com/";

/**
 * Data as a packed message of the given type.
 *
 * @throws EventyError UNENCODABLE, with the path.
 */
export function packMessage(type: DescMessage, data: Data): PackedMessage {
  const writer = new BinaryWriter();
  writeMessage(writer, type, data, "data");
  return { typeUrl: TYPE_URL_PREFIX + type.typeName, value: writer.finish() };
}

/**
 * The data that a packed message holds.
 *
 * @throws EventyError UNKNOWN_SCHEMA if the message is not of the given type; see {@link readMessage} for others.
 */
export function unpackMessage(type: DescMessage | undefined, { typeUrl, value }: PackedMessage): LooseFields {
  const typeName = typeUrl.slice(typeUrl.lastIndexOf("/") + 1);
  if (type?.typeName !== typeName) {
    const known = type === undefined ? "no type is" : `${type.typeName} is the type`;
    throw new EventyError(
      "UNKNOWN_SCHEMA",
      `the data is a message ${JSON.stringify(typeName)}, and ${known} registered for the record; see the option types`,
      { path: "data" },
    );
  }
  return readMessage(new WireReader(value), type);
}
