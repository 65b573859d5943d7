import { clone, create } from "@bufbuild/protobuf";
import {
  CommandSchema,
  type Encode,
  EncodeSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import { RecordSchema } from "../../src/gen/proto/eventy/v3/record_pb.js";
import type { Answer, Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { isAt, type Where } from "./encodings.js";
import { attempt, encoded, failed } from "./replies.js";

type Mutate = Mutant["mutate"];

/** A record that is to be written. */
export interface ToWrite {
  readonly record: NeutralRecord;
  readonly encode: Encode;
}

/** Answers `encode` in its own way; `ask` is what the SDK answers, to the same or to another record. */
export function onEncode(
  where: Where,
  handle: (write: ToWrite, ask: (record?: NeutralRecord, schema?: string) => Answer) => Answer,
): Mutate {
  return (command, ask) => {
    const { command: inner } = command;
    if (inner.case !== "encode" || !inner.value.record || !isAt(where, inner.value.encoding))
      return ask(command);
    const encode = inner.value;
    const { encoding, record } = inner.value;
    return handle(
      { record: clone(RecordSchema, record), encode },
      (other = record, schema = encode.schema) => {
        const value = create(EncodeSchema, { encoding, record: other, schema });
        return ask(create(CommandSchema, { command: { case: "encode", value } }));
      },
    );
  };
}

/** Writes other bytes than it must. */
export function rewrites(
  where: Where,
  change: (bytes: Buffer, write: ToWrite) => Uint8Array | undefined,
): Mutate {
  return onEncode(where, (write, ask) => {
    const answer = ask();
    if (answer.case !== "encoded") return answer;
    const bytes = attempt(() => change(Buffer.from(answer.value.bytes), write));
    return bytes === undefined ? answer : encoded(bytes);
  });
}

/** Writes another record than it was given. */
export function writesOther(where: Where, change: (record: NeutralRecord) => void): Mutate {
  return onEncode(where, ({ record }, ask) => {
    change(record);
    return ask(record);
  });
}

/** Refuses to write records that it must write. */
export function refusesToWrite(
  where: Where,
  when: (record: NeutralRecord, bytes: Buffer) => boolean,
  code: ErrorCode = ErrorCode.UNENCODABLE,
): Mutate {
  return onEncode(where, ({ record }, ask) => {
    const answer = ask();
    return answer.case === "encoded" && when(record, Buffer.from(answer.value.bytes)) ? failed(code) : answer;
  });
}

/** Writes records that it must refuse, by changing them until they can be written. */
export function forgivesWriting(
  where: Where,
  repair: (record: NeutralRecord, encode: Encode) => void,
): Mutate {
  return onEncode(where, ({ record, encode }, ask) => {
    const answer = ask();
    if (answer.case !== "failed") return answer;
    attempt(() => repair(record, encode));
    const second = ask(record, encode.schema);
    return second.case === "encoded" ? second : answer;
  });
}
