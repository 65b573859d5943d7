import { create } from "@bufbuild/protobuf";
import {
  CommandSchema,
  type Decode,
  DecodeSchema,
  type Failed,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Answer, Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { isAt, type Where } from "./encodings.js";
import { attempt, decoded, failed } from "./replies.js";

type Mutate = Mutant["mutate"];
type Change = Partial<Pick<Decode, "encoding" | "bytes" | "schema" | "strict">>;

/** Answers `decode` in its own way; `ask` is what the SDK answers, to the same or to other bytes. */
export function onDecode(
  where: Where,
  handle: (decode: Decode, ask: (change?: Change) => Answer) => Answer,
): Mutate {
  return (command, ask) => {
    if (command.command.case !== "decode") return ask(command);
    const decode = command.command.value;
    if (!isAt(where, decode.encoding)) return ask(command);
    return handle(decode, (change = {}) => {
      const { encoding, bytes, schema, strict } = { ...decode, ...change };
      // A view of a Buffer of the suite would be another class than a child process has.
      const value = create(DecodeSchema, { encoding, bytes: new Uint8Array(bytes), schema, strict });
      return ask(create(CommandSchema, { command: { case: "decode", value } }));
    });
  };
}

/** Reads other bytes than it was given. */
export function readsOther(where: Where, change: (bytes: Buffer) => Uint8Array | undefined): Mutate {
  return onDecode(where, (decode, ask) => {
    const bytes = attempt(() => change(Buffer.from(decode.bytes)));
    return bytes === undefined ? ask() : ask({ bytes });
  });
}

/** Reads a record and hands out another one. */
export function misreads(where: Where, change: (record: NeutralRecord, bytes: Buffer) => void): Mutate {
  return onDecode(where, (decode, ask) => {
    const answer = ask();
    if (answer.case === "decoded" && answer.value.record)
      change(answer.value.record, Buffer.from(decode.bytes));
    return answer;
  });
}

/** Refuses records that it must read. */
export function refuses(
  where: Where,
  when: (record: NeutralRecord, bytes: Buffer) => boolean,
  code: ErrorCode = ErrorCode.INVALID_RECORD,
): Mutate {
  return onDecode(where, (decode, ask) => {
    const answer = ask();
    if (answer.case !== "decoded" || !answer.value.record) return answer;
    return when(answer.value.record, Buffer.from(decode.bytes)) ? failed(code) : answer;
  });
}

/** Makes of bytes that were refused others, that may be read. */
export type Repair = (bytes: Buffer, error: Failed) => Uint8Array | NeutralRecord | undefined;

/** Reads bytes that it must refuse, by the first of some repairs that makes them readable. */
export function forgives(where: Where, ...repairs: readonly Repair[]): Mutate {
  return onDecode(where, (decode, ask) => {
    const answer = ask();
    if (answer.case !== "failed") return answer;
    for (const repair of repairs) {
      const repaired = attempt(() => repair(Buffer.from(decode.bytes), answer.value));
      if (repaired === undefined) continue;
      const second = repaired instanceof Uint8Array ? ask({ bytes: repaired }) : decoded(repaired);
      if (second.case === "decoded") return second;
    }
    return answer;
  });
}

/** Reports refusals as another error. */
export function misreports(where: Where, change: (error: Failed, bytes: Buffer) => void): Mutate {
  return onDecode(where, (decode, ask) => {
    const answer = ask();
    if (answer.case === "failed") change(answer.value, Buffer.from(decode.bytes));
    return answer;
  });
}
