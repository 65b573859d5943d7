import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Draft, Failed } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { type EmitSchema, Encoding } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { ErrorCode } from "../gen/proto/eventy/v3/protocol_pb.js";
import type { EventySchema, NeutralRecord } from "../oracle/index.js";
import { Failure } from "./failure.js";
import type { EncodingName } from "./golden/line.js";
import type { Testee } from "./testee.js";

/** What a testee is asked to decode. */
export interface ToDecode {
  readonly encoding: EncodingName;
  readonly bytes: Uint8Array;
  readonly schema?: EventySchema | undefined;
  readonly strict?: boolean | undefined;
  /** How long the testee may take, as a share of its usual time-out. */
  readonly patience?: number | undefined;
}

/** What a testee is asked to encode. */
export interface ToEncode {
  readonly encoding: Exclude<EncodingName, "any">;
  readonly record: NeutralRecord;
  readonly schema?: EventySchema | undefined;
}

/** What a testee is asked to emit. */
export interface ToEmit {
  readonly service: string;
  readonly input?: NeutralRecord | undefined;
  readonly drafts: readonly Draft[];
}

/** What a testee answered: what it was asked for, or the error that it refused with. */
export type Answer<T> = { readonly ok: T } | { readonly failed: Failed };

const ENCODINGS: { readonly [name in EncodingName]: Encoding } = {
  any: Encoding.UNSPECIFIED,
  json: Encoding.JSON,
  avro: Encoding.AVRO,
  "avro-single-object": Encoding.AVRO_SINGLE_OBJECT,
  protobuf: Encoding.PROTOBUF,
};

/** Has the testee decode bytes. */
export async function askDecode(testee: Testee, question: ToDecode): Promise<Answer<NeutralRecord>> {
  const { bytes, schema, strict = false, patience } = question;
  const encoding = ENCODINGS[question.encoding];
  const value = { encoding, bytes, schema: schemaText(schema), strict };
  const reply = await testee.call({ case: "decode", value }, patience);
  if (reply.case === "failed") return { failed: reply.value };
  const record = reply.case === "decoded" ? reply.value.record : undefined;
  if (!record) throw new Failure("WRONG-REPLY", "decoded nothing and did not refuse");
  return { ok: record };
}

/** Has the testee encode a record. */
export async function askEncode(testee: Testee, question: ToEncode): Promise<Answer<Uint8Array>> {
  const { record, schema } = question;
  const encoding = ENCODINGS[question.encoding];
  const reply = await testee.call({
    case: "encode",
    value: { encoding, record, schema: schemaText(schema) },
  });
  if (reply.case === "failed") return { failed: reply.value };
  if (reply.case !== "encoded") throw new Failure("WRONG-REPLY", "encoded nothing and did not refuse");
  return { ok: reply.value.bytes };
}

/** Has the testee emit records while it handles one. */
export async function askEmit(
  testee: Testee,
  { service, input, drafts }: ToEmit,
): Promise<Answer<NeutralRecord[]>> {
  const value: MessageInitShape<typeof EmitSchema> = {
    service,
    drafts: [...drafts],
    ...(input ? { input } : {}),
  };
  const reply = await testee.call({ case: "emit", value });
  if (reply.case === "failed") return { failed: reply.value };
  if (reply.case !== "emitted") throw new Failure("WRONG-REPLY", "emitted nothing and did not refuse");
  return { ok: reply.value.records };
}

/** What was answered.
 *
 * @throws Failure if the testee refused.
 */
export function unwrap<T>(answer: Answer<T>, what: string): T {
  if ("ok" in answer) return answer.ok;
  throw new Failure("REFUSED", `refused ${what}`, { actual: errorText(answer.failed) });
}

/** The error of a refusal in one line. */
export function errorText({ code, message, path }: Failed): string {
  return [codeName(code), path && `at ${path}`, message].filter(Boolean).join(" ");
}

/** The name of an error code, empty if there is none. */
export function codeName(code: ErrorCode): string {
  return code === ErrorCode.UNSPECIFIED ? "" : (ErrorCode[code] ?? String(code));
}

function schemaText(schema: EventySchema | undefined): string {
  return schema ? JSON.stringify(schema) : "";
}
