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

/** Reads commands from standard input, a line each, and writes the answers to standard output, until told to stop. */
export async function serve(answer: (command: Command) => Reply["reply"]): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const command = fromJsonString(CommandSchema, line, READING);
    const reply = create(ReplySchema, { id: command.id, reply: answer(command) });
    process.stdout.write(`${toJsonString(ReplySchema, reply)}\n`);
    if (command.command.case === "stop") break;
  }
}
