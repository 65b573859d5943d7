import { create } from "@bufbuild/protobuf";
import { EventyError, PROTOCOL_VERSION } from "@eventy/sdk/record";
import {
  type Command,
  DecodedSchema,
  EmittedSchema,
  EncodedSchema,
  type Failed,
  FailedSchema,
  type Reply,
  StartedSchema,
  StoppedSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import { CAPABILITIES } from "./capabilities.js";
import { decode, encode } from "./codecs.js";
import { emit } from "./emit.js";
import { fromNeutral, toNeutral } from "./records.js";

const STARTED = {
  implementation: "@eventy/sdk",
  version: PROTOCOL_VERSION,
  pid: process.pid,
  capabilities: [...CAPABILITIES],
};

/** The answer to a command, without its id. */
export type Answer = Reply["reply"];

function fulfil({ command }: Command): Answer {
  switch (command.case) {
    case "start":
      return { case: "started", value: create(StartedSchema, STARTED) };
    case "encode": {
      const { encoding, record, schema } = command.value;
      const bytes = encode(encoding, fromNeutral(record), schema);
      return { case: "encoded", value: create(EncodedSchema, { bytes }) };
    }
    case "decode": {
      const { encoding, bytes, schema, strict } = command.value;
      const record = toNeutral(decode(encoding, bytes, schema, strict));
      return { case: "decoded", value: create(DecodedSchema, { record }) };
    }
    case "emit":
      return {
        case: "emitted",
        value: create(EmittedSchema, { records: emit(command.value).map(toNeutral) }),
      };
    case "stop":
      return { case: "stopped", value: create(StoppedSchema) };
    default:
      return failed(new EventyError("INVALID_RECORD", "the command is empty, or newer than this testee"));
  }
}

/** The answer when the SDK refuses; any other error is a bug of it, and ends the process. */
export function failed(error: unknown): Answer {
  return { case: "failed", value: failureOf(error) };
}

/** An error of the SDK in the words of the suite. */
export function failureOf(error: unknown): Failed {
  if (!(error instanceof EventyError)) throw error;
  const { message, path } = error;
  return create(FailedSchema, { code: ErrorCode[error.code], message, path });
}

/** What the SDK answers to a command that needs no store. */
export function answer(command: Command): Answer {
  try {
    return fulfil(command);
  } catch (error) {
    return failed(error);
  }
}
