import { createInterface } from "node:readline";
import { create, fromJsonString, toJsonString } from "@bufbuild/protobuf";
import {
  type Command,
  CommandSchema,
  type Reply,
  ReplySchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";

// A level of nesting is three messages deep.
const READING = { recursionLimit: 1000 };

function replyText(id: string, reply: Reply["reply"]): string {
  if (reply.case !== "encoded") return toJsonString(ReplySchema, create(ReplySchema, { id, reply }));
  // The library's base64 grows letter by letter: that takes seconds for 10 MB.
  return JSON.stringify({ id, encoded: { bytes: Buffer.from(reply.value.bytes).toString("base64") } });
}

/** Reads commands from standard input, a line each, and writes the answers to standard output, until told to stop. */
export async function serve(answer: (command: Command) => Reply["reply"]): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const command = fromJsonString(CommandSchema, line, READING);
    process.stdout.write(`${replyText(command.id, answer(command))}\n`);
    if (command.command.case === "stop") break;
  }
}
