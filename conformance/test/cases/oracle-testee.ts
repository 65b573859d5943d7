import { create } from "@bufbuild/protobuf";
import { ENCODINGS, oracleDecode, oracleEncode } from "../../src/cases/codecs.js";
import { expectEmission } from "../../src/checker/emission/expect-emission.js";
import {
  type Command,
  DecodedSchema,
  EmittedSchema,
  EncodedSchema,
  type Encoding,
  FailedSchema,
  StartedSchema,
  StoppedSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Answer, Ask } from "../../src/mutation/mutant.js";
import { type EventySchema, type NeutralRecord, Refusal } from "../../src/oracle/index.js";

const CAPABILITIES = ["codec.json", "codec.avro", "codec.avro.single-object", "codec.protobuf", "context"];

/** What a testee that changes records answers: the oracle and the model of emission are the implementation. */
export function oracleTestee(change: (record: NeutralRecord) => NeutralRecord = (record) => record): Ask {
  return (command) => {
    try {
      return fulfil(command, change);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return failed(error.message);
    }
  };
}

function fulfil({ command }: Command, change: (record: NeutralRecord) => NeutralRecord): Answer {
  switch (command.case) {
    case "start":
      return { case: "started", value: create(StartedSchema, { capabilities: CAPABILITIES }) };
    case "decode": {
      const { encoding, bytes, schema } = command.value;
      const record = change(oracleDecode(encodingOf(encoding), bytes, schemaOf(schema)));
      return { case: "decoded", value: create(DecodedSchema, { record }) };
    }
    case "encode": {
      const { encoding, record, schema } = command.value;
      if (!record) throw new Refusal("no record");
      const bytes = oracleEncode(encodingOf(encoding), record, schemaOf(schema));
      return { case: "encoded", value: create(EncodedSchema, { bytes }) };
    }
    case "emit": {
      const { service, input, drafts } = command.value;
      const outcome = expectEmission(service, input, drafts);
      if ("refuse" in outcome) return failed(outcome.refuse);
      const records = outcome.records.map(({ record }, i) => change(complete(record, i)));
      return { case: "emitted", value: create(EmittedSchema, { records }) };
    }
    default:
      return { case: "stopped", value: create(StoppedSchema) };
  }
}

let count = 0;

/** Gives a record what the model leaves to the implementation. */
function complete(record: NeutralRecord, i: number): NeutralRecord {
  count += 1;
  const uuid = `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  const correlationId = record.correlationId || `${record.source.slice(4)}:${record.name}:${i}`;
  return { ...record, version: "1.0.0", uuid, correlationId };
}

function encodingOf(encoding: Encoding) {
  const written = ENCODINGS[encoding - 1];
  if (!written) throw new Refusal("no encoding");
  return written;
}

function schemaOf(text: string): EventySchema | undefined {
  return text === "" ? undefined : JSON.parse(text);
}

function failed(message: string): Answer {
  return { case: "failed", value: create(FailedSchema, { message }) };
}
