import { create } from "@bufbuild/protobuf";
import {
  DecodedSchema,
  EmittedSchema,
  EncodedSchema,
  FailedSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import type { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Answer } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";

/** The answer that refuses. */
export function failed(code: ErrorCode): Answer {
  return { case: "failed", value: create(FailedSchema, { code, message: "refused by a mutant" }) };
}

/** The answer to `decode`. */
export function decoded(record: NeutralRecord): Answer {
  return { case: "decoded", value: create(DecodedSchema, { record }) };
}

/** The answer to `encode`. */
export function encoded(bytes: Uint8Array): Answer {
  return { case: "encoded", value: create(EncodedSchema, { bytes: new Uint8Array(bytes) }) };
}

/** The answer to `emit`. */
export function emitted(records: readonly NeutralRecord[]): Answer {
  return { case: "emitted", value: create(EmittedSchema, { records: [...records] }) };
}

/** What a function returns, or undefined where it throws: what cannot be parsed cannot be changed. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
