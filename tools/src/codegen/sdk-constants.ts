import type { RecordModel } from "./model.js";
import type { ConstantGroup, ConstantModel, ProtocolModel } from "./protocol-model.js";
import { docComment, HEADER } from "./typescript.js";

/** Generates the constants of the protocol. */
export function constantsFile(model: RecordModel, protocol: ProtocolModel): string {
  const types: ConstantGroup = {
    name: "RECORD_TYPES",
    comment: "The types of records.",
    constants: model.types.map((type) => ({ name: type.text, value: type.text, comment: type.comment })),
  };
  return [
    HEADER,
    scalar("PROTOCOL_VERSION", protocol.version),
    ...protocol.groups.map(group),
    closedList(types, "RecordType", "The type of a record."),
    closedList(protocol.errorCodes, "ErrorCode", "The kind of an error."),
  ].join("\n");
}

function scalar(name: string, constant: ConstantModel): string {
  return `${docComment(constant.comment)}export const ${name} = ${JSON.stringify(constant.value)} as const;\n`;
}

function group({ name, comment, constants }: ConstantGroup): string {
  const members = constants.map(
    (member) => `${docComment(member.comment, "  ")}  ${member.name}: ${JSON.stringify(member.value)},\n`,
  );
  return `${docComment(comment)}export const ${name} = {\n${members.join("")}} as const;\n`;
}

function closedList({ name, comment, constants }: ConstantGroup, type: string, typeComment: string): string {
  const members = constants.map(
    (member) => `${docComment(member.comment, "  ")}  ${JSON.stringify(member.value)},\n`,
  );
  return [
    `${docComment(comment)}export const ${name} = [\n${members.join("")}] as const;\n`,
    `${docComment(typeComment)}export type ${type} = (typeof ${name})[number];\n`,
  ].join("\n");
}
