import { createInterface } from "node:readline";
import { create, fromJsonString, toJsonString } from "@bufbuild/protobuf";
import {
  type Command,
  CommandSchema,
  type Event,
  EventSchema,
  type Reply,
  ReplySchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { writeLine } from "./write-line.js";

// A level of nesting is three messages deep.
const READING = { recursionLimit: 1000 };

/** Says that something happens in the run of a command. */
export type Say = (event: Event["event"]) => void;

function replyText(id: string, reply: Reply["reply"]): string {
  if (reply.case !== "encoded") return toJsonString(ReplySchema, create(ReplySchema, { id, reply }));
  // The library's base64 grows letter by letter: that takes seconds for 10 MB.
  return JSON.stringify({ id, encoded: { bytes: Buffer.from(reply.value.bytes).toString("base64") } });
}

/**
 * Reads commands from standard input, a line each, and writes the answers to standard output as they come, until
 * told to stop. An answer that rejects ends the process.
 */
export async function serve(answer: (command: Command, say: Say) => Promise<Reply["reply"]>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const command = fromJsonString(CommandSchema, line, READING);
    const { id } = command;
    const say: Say = (event) =>
      writeLine(replyText(id, { case: "event", value: create(EventSchema, { event }) }));
    const answered = answer(command, say).then((reply) => writeLine(replyText(id, reply)));
    if (command.command.case === "stop") {
      await answered;
      break;
    }
  }
  // Handlers may still wait for what will never come.
  process.exit(0);
}
