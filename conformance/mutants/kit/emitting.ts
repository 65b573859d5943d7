import { clone, create } from "@bufbuild/protobuf";
import {
  CommandSchema,
  type Draft,
  type Emit,
  EmitSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import type { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Answer, Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { attempt, failed } from "./replies.js";

type Mutate = Mutant["mutate"];

/** Answers `emit` in its own way; `ask` is what the SDK answers. What `emit` is changed to counts in `ask`. */
export function onEmit(handle: (emit: Emit, ask: (emit: Emit) => Answer) => Answer): Mutate {
  return (command, ask) => {
    if (command.command.case !== "emit") return ask(command);
    return handle(clone(EmitSchema, command.command.value), (value) =>
      ask(create(CommandSchema, { command: { case: "emit", value: clone(EmitSchema, value) } })),
    );
  };
}

/** What a record was emitted for. */
export interface Origin {
  readonly service: string;
  readonly input: NeutralRecord | undefined;
  readonly draft: Draft;
  /** Place of the draft in the command. */
  readonly index: number;
}

/** Emits other records than it must. */
export function emitsOther(change: (record: NeutralRecord, origin: Origin) => void): Mutate {
  return onEmit((emit, ask) => {
    const answer = ask(emit);
    if (answer.case !== "emitted") return answer;
    const { service, input } = emit;
    for (const [index, record] of answer.value.records.entries()) {
      const draft = emit.drafts[index];
      if (draft) change(record, { service, input, draft, index });
    }
    return answer;
  });
}

/** Emits for another input or other drafts than it was given. */
export function emitsFor(change: (emit: Emit) => void): Mutate {
  return onEmit((emit, ask) => {
    change(emit);
    return ask(emit);
  });
}

/** Emits what it must refuse, by changing the command until it can be fulfilled. */
export function forgivesEmission(
  repair: (emit: Emit) => void,
  finish?: (records: NeutralRecord[], original: Emit) => void,
): Mutate {
  return onEmit((emit, ask) => {
    const answer = ask(emit);
    if (answer.case !== "failed") return answer;
    const original = clone(EmitSchema, emit);
    attempt(() => repair(emit));
    const second = ask(emit);
    if (second.case !== "emitted") return answer;
    finish?.(second.value.records, original);
    return second;
  });
}

/** Refuses to emit what it must emit. */
export function refusesToEmit(when: (emit: Emit) => boolean, code: ErrorCode): Mutate {
  return onEmit((emit, ask) => {
    const answer = ask(emit);
    return answer.case === "emitted" && when(emit) ? failed(code) : answer;
  });
}
