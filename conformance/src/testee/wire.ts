import { create, fromJsonString, type JsonObject, toJson } from "@bufbuild/protobuf";
import type { CommandInit } from "../cases/testee.js";
import {
  CommandSchema,
  DecodeSchema,
  type Reply,
  ReplySchema,
} from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { AdapterError } from "./adapter-error.js";

const SHOWN_CHARS = 200;

// A level of nesting in a record is three messages deep, and a record may have 128.
const RECURSION_LIMIT = 1000;

/** The kind of reply that answers each command; `failed` answers any. */
const ANSWERS: { readonly [command in CommandInit["case"]]: Reply["reply"]["case"] } = {
  start: "started",
  encode: "encoded",
  decode: "decoded",
  emit: "emitted",
  stop: "stopped",
  partition: "partitioned",
  open: "done",
  createTopic: "done",
  write: "written",
  read: "readRecords",
  acknowledged: "acknowledgedOffset",
  run: "running",
  release: "done",
  stopRun: "done",
  stateGet: "stateValue",
};

/**
 * Writes a command as one line, without the newline.
 *
 * It is ASCII: no adapter needs to know an encoding, and none mistakes U+2028 for the end of a line.
 */
export function formatCommand(id: string, command: CommandInit): string {
  const json = JSON.stringify({ id, ...commandJson(command) });
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function commandJson(command: CommandInit): JsonObject {
  if (command.case !== "decode")
    return toJson(CommandSchema, create(CommandSchema, { command })) as JsonObject;
  // The library's base64 grows letter by letter: that takes seconds for 10 MB.
  const { bytes = new Uint8Array(), encoding = 0, schema = "", strict = false } = command.value;
  const decode = toJson(DecodeSchema, create(DecodeSchema, { encoding, schema, strict })) as JsonObject;
  return { decode: { ...decode, bytes: Buffer.from(bytes).toString("base64") } };
}

/**
 * Reads a line that a testee wrote.
 *
 * @throws AdapterError if it is not a reply.
 */
export function parseReply(line: string): Reply {
  try {
    return fromJsonString(ReplySchema, line, { recursionLimit: RECURSION_LIMIT });
  } catch (cause) {
    const shown = line.length > SHOWN_CHARS ? `${line.slice(0, SHOWN_CHARS)}…` : line;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AdapterError(`the testee wrote a line that is not a Reply (${reason}): ${shown}`, { cause });
  }
}

/**
 * Checks that a reply is of a kind that answers the command.
 *
 * @throws AdapterError if it is not.
 */
export function checkAnswer(command: CommandInit["case"], reply: Reply["reply"]): void {
  if (reply.case !== ANSWERS[command] && reply.case !== "failed") {
    throw new AdapterError(
      `the testee answered \`${command}\` with ${reply.case ? `\`${reply.case}\`` : "nothing"}`,
    );
  }
}
