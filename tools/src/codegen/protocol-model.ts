import {
  type DescField,
  type FileRegistry,
  type JsonObject,
  type JsonValue,
  ScalarType,
} from "@bufbuild/protobuf";
import { commentOf, found, optionOf } from "./descriptors.js";

/** One value among the constants of the protocol, or one code of a closed list. */
export interface ConstantModel {
  readonly name: string;
  readonly value: string | number;
  readonly comment: string;
}

/** Constants that belong together. */
export interface ConstantGroup {
  /** Name of the group, such as `CONTENT_TYPES`. */
  readonly name: string;
  readonly comment: string;
  readonly constants: readonly ConstantModel[];
}

/** The constants of the protocol. */
export interface ProtocolModel {
  readonly version: ConstantModel;
  readonly groups: readonly ConstantGroup[];
  readonly errorCodes: ConstantGroup;
}

/** Reads the constants of the protocol from the options of `protocol.proto`. */
export function readProtocol(registry: FileRegistry): ProtocolModel {
  const file = found(registry.getFile("eventy/v3/protocol.proto"), "eventy/v3/protocol.proto");
  const protocol = found(registry.getMessage("eventy.v3.Protocol"), "eventy.v3.Protocol");
  const values = optionOf(registry, file, "eventy.v3.protocol") as JsonObject;
  const groups = protocol.fields.flatMap((field) => readGroup(field, values[field.localName]));
  const version = protocol.fields.find((field) => field.name === "version");
  return {
    version: readConstant(found(version, "eventy.v3.Protocol.version"), values),
    groups,
    errorCodes: readErrorCodes(registry),
  };
}

/** The value of one limit. */
export function limitOf(protocol: ProtocolModel, name: string): number {
  const limits = protocol.groups.find((group) => group.name === "LIMITS");
  return Number(
    found(
      limits?.constants.find((limit) => limit.name === name),
      `the limit ${name}`,
    ).value,
  );
}

function readGroup(field: DescField, values: JsonValue | undefined): ConstantGroup[] {
  if (field.message === undefined) return [];
  const constants = field.message.fields.map((member) => readConstant(member, values as JsonObject));
  const name = field.message.name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
  return [{ name, comment: commentOf(field.message), constants }];
}

function readConstant(field: DescField, values: JsonObject): ConstantModel {
  const value = found(values[field.localName], `a value of ${field}`);
  // ProtoJSON spells 64-bit integers as text.
  const isText = field.scalar === ScalarType.STRING;
  return { name: field.localName, value: isText ? String(value) : Number(value), comment: commentOf(field) };
}

function readErrorCodes(registry: FileRegistry): ConstantGroup {
  const codes = found(registry.getEnum("eventy.v3.ErrorCode"), "eventy.v3.ErrorCode");
  const constants = codes.values
    .filter((value) => value.number !== 0)
    .map((value) => {
      const text = String(optionOf(registry, value, "eventy.v3.text"));
      return { name: text, value: text, comment: commentOf(value) };
    });
  return { name: "ERROR_CODES", comment: commentOf(codes), constants };
}
